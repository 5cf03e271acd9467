//! The result card: the outcome from one's own room's view, with the final scores.

use crate::dom::prelude::*;
use duelcast_protocol::{BattleInfo, LiveId};
use leptos::either::Either;

use super::{
    podium::Podium,
    supporters::SupporterColumns,
    verdict::{Verdict, early_end, own_first, result_lines, rule_versions},
};
use crate::{format::grouped, i18n::words};

/// Covers the stage for a few seconds.
#[component]
pub fn ResultCard(battle: BattleInfo, own: LiveId, verdict: Verdict) -> impl IntoView {
    let scores = if battle.sides.len() == 2 {
        let finals: Vec<u64> = own_first(&battle.sides, &own).iter().map(|side| side.score).collect();
        Either::Left(view! { <Finals scores=finals /> })
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
            </div>
        </div>
    }
}

#[component]
fn Finals(scores: Vec<u64>) -> impl IntoView {
    let [own, other] = [0, 1].map(|i| grouped(scores.get(i).copied().unwrap_or(0)));
    view! {
        <p class="finals">
            <span>{own}</span>
            <span>":"</span>
            <span>{other}</span>
        </p>
    }
}
