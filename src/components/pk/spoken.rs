//! The polite live region of a battle.

use std::sync::Arc;

use duelcast_protocol::BattleInfo;
use leptos::prelude::*;

use super::{digest::Digest, verdict::verdict};
use crate::{
    components::{countdown::use_countdown, room::use_room},
    format::display_name,
};

/// Visually hidden.
#[component]
pub fn Spoken(battle: Arc<BattleInfo>) -> impl IntoView {
    let room = use_room();
    let seconds = use_countdown(battle.ends_at, battle.config.duration_ms);
    let state = room.battle.state.clone();
    let own = room.live_id.clone();
    let outcome = Memo::new(move |_| state.battle.with(|battle| verdict(battle.as_ref()?, &own)));
    let sides: Vec<_> = battle
        .sides
        .iter()
        .map(|side| (display_name(&side.user), room.battle.state.score(&side.live_id)))
        .collect();
    let digest = Memo::new(move |_| {
        let scores: Vec<_> = sides.iter().map(|(name, score)| (name.clone(), score.get())).collect();
        Digest::new(&scores, seconds.get(), outcome.get())
    });
    let spoken = Memo::new(move |before: Option<&(Option<Digest>, String)>| {
        let now = digest.get();
        let (last, text) = before.cloned().unwrap_or_default();
        let text = now.news_since(last.as_ref()).unwrap_or(text);
        (Some(now), text)
    });
    view! {
        <p class="sr-only" role="status" aria-live="polite">
            {move || spoken.with(|(_, text)| text.clone())}
        </p>
    }
}
