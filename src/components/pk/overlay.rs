//! The overlays on the seats: intro and result.

use std::sync::Arc;

use duelcast_protocol::BattleId;
use leptos::prelude::*;

use super::{
    intro::Intro,
    result::ResultCard,
    verdict::{INTRO_SHOWN_MS, is_result_fresh, own_first, verdict},
};
use crate::{app::use_app, components::room::use_room};

/// Contains the battle id, so that the intro of the next battle replaces a result.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cover {
    Nothing,
    Intro(BattleId),
    Result(BattleId),
}

/// Selected by the server's clock, so that late viewers do not see an old intro or result.
#[component]
pub fn PkCover() -> impl IntoView {
    let room = use_room();
    let battle = room.battle.state.clone();
    let now = use_app().now();
    let cover = Memo::new({
        let battle = battle.clone();
        move |_| {
            let now = now.get() as u64;
            battle.battle.with(|battle| match battle {
                Some(battle) if is_result_fresh(battle, now) => Cover::Result(battle.battle_id.clone()),
                Some(battle) if battle.result.is_none() && now < battle.started_at + INTRO_SHOWN_MS => {
                    Cover::Intro(battle.battle_id.clone())
                }
                Some(_) | None => Cover::Nothing,
            })
        }
    });
    move || {
        let cover = cover.get();
        let battle = Arc::new(battle.battle.get_untracked()?);
        let own = room.live_id.clone();
        match cover {
            Cover::Nothing => None,
            Cover::Intro(_) => Some(view! { <Intro users=own_first(&battle.sides, &own).iter().map(|side| side.user.clone()).collect() /> }.into_any()),
            Cover::Result(_) => {
                let verdict = verdict(&battle, &own)?;
                Some(view! { <ResultCard battle own verdict /> }.into_any())
            }
        }
    }
}
