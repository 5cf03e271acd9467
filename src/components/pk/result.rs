//! The result card: the outcome from one's own room's view, with the final scores.

use duelcast_protocol::{BattleInfo, LiveId, SideOutcome};
use leptos::{either::Either, prelude::*};

use super::verdict::{ResultLine, Verdict, early_end, own_first, result_lines};
use crate::format::grouped;

/// Covers the stage for a few seconds.
#[component]
pub fn ResultCard(battle: BattleInfo, own: LiveId, verdict: Verdict) -> impl IntoView {
    let scores = if battle.sides.len() == 2 {
        let finals: Vec<u64> = own_first(&battle.sides, &own).iter().map(|side| side.score).collect();
        Either::Left(view! { <Finals scores=finals /> })
    } else {
        Either::Right(view! { <Ranking lines=result_lines(&battle) /> })
    };
    let note = early_end(&battle).map(|note| view! { <p class="sub">{note}</p> });
    view! {
        <div class="pk-result" data-testid="pk-result" data-outcome=verdict.name()>
            <div class=format!("result-card {}", verdict.name())>
                <p class="title">{verdict.title()}</p>
                {scores}
                {note}
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

#[component]
fn Ranking(lines: Vec<ResultLine>) -> impl IntoView {
    view! { <ol class="ranking">{lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}</ol> }
}

#[component]
fn Line(line: ResultLine) -> impl IntoView {
    let left = (line.outcome == SideOutcome::Exited).then_some(" (left)");
    view! {
        <li>
            <span class="rank" class:first=line.rank == 1>
                {line.rank}
            </span>
            <span class="ellipsis">{line.name} {left}</span>
            <strong>{grouped(line.score)}</strong>
        </li>
    }
}
