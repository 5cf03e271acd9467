//! The result card: the verdict for this live, with the final scores.

use std::sync::Arc;

use duelcast_protocol::{BattleInfo, BattleSide, LiveId};
use leptos::either::Either;
use leptos::prelude::*;

use super::{
    controls::RematchButton,
    podium::Podium,
    supporters::SupporterColumns,
    verdict::{Verdict, early_end, own_first, result_lines, rule_versions},
};
use crate::{
    components::avatar::Avatar,
    format::{display_name, grouped},
    i18n::words,
};

/// Covers the stage for a few seconds.
#[component]
pub fn ResultCard(battle: Arc<BattleInfo>, own: LiveId, verdict: Verdict) -> impl IntoView {
    let scores = if battle.sides.len() == 2 {
        Either::Left(view! { <Finals battle=battle.clone() own=own.clone() /> })
    } else {
        Either::Right(view! { <Podium lines=result_lines(&battle) /> })
    };
    let note = early_end(&battle).map(|note| view! { <p class="sub">{note}</p> });
    let rules = rule_versions(&battle).map(|versions| {
        view! {
            <p class="sub" data-testid="pk-rules">
                {words::by_rules(&versions)}
            </p>
        }
    });
    view! {
        <div class="pk-result" data-testid="pk-result" data-outcome=verdict.name()>
            <div class=format!("result-card {}", verdict.name())>
                <p class="title">{verdict.title()}</p>
                {scores}
                <SupporterColumns battle=battle.clone() own=own.clone() />
                {note}
                {rules}
                <RematchButton battle=battle.clone() />
            </div>
        </div>
    }
}

/// Both streamers with their scores, ours on the left.
#[component]
fn Finals(battle: Arc<BattleInfo>, own: LiveId) -> impl IntoView {
    let sides = own_first(&battle.sides, &own);
    let best = sides.iter().map(|side| side.score).max();
    let side = |side: &BattleSide| {
        let is_behind = Some(side.score) != best;
        let name = display_name(&side.user);
        view! {
            <li class:behind=is_behind>
                <Avatar user=side.user.clone() />
                <span class="ellipsis">{name}</span>
                <strong>{grouped(side.score)}</strong>
            </li>
        }
    };
    view! { <ol class="finals">{sides.into_iter().map(side).collect_view()}</ol> }
}
