//! The result of three to nine sides: the best three on a podium, all sides in a list.

use duelcast_protocol::SideOutcome;
use leptos::prelude::*;

use super::verdict::ResultLine;
use crate::{
    components::avatar::Avatar,
    format::{compact, grouped},
    i18n::words,
};

const STEPS: usize = 3;

/// Reorders to the order of a podium: second, first, third.
fn on_steps(lines: &[ResultLine]) -> Vec<ResultLine> {
    let mut steps: Vec<_> =
        lines.iter().filter(|line| line.outcome != SideOutcome::Exited).take(STEPS).cloned().collect();
    if let [first, second, ..] = steps.as_mut_slice() {
        std::mem::swap(first, second);
    }
    steps
}

/// A step's height follows the rank; equal ranks have equal heights.
#[component]
pub fn Podium(lines: Vec<ResultLine>) -> impl IntoView {
    let steps = on_steps(&lines);
    view! {
        <ol class="podium" aria-hidden="true">
            {steps.into_iter().map(|line| view! { <Step line /> }).collect_view()}
        </ol>
        <ol class="ranking">{lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}</ol>
    }
}

#[component]
fn Step(line: ResultLine) -> impl IntoView {
    view! {
        <li class=format!("step rank-{}", line.rank)>
            <Avatar user=line.user />
            <span class="block">{grouped(u64::from(line.rank))}</span>
            <small>{compact(line.score)}</small>
        </li>
    }
}

#[component]
fn Line(line: ResultLine) -> impl IntoView {
    let left = (line.outcome == SideOutcome::Exited).then(words::side_left);
    view! {
        <li>
            <span class="rank" class:first=line.rank == 1>
                {grouped(u64::from(line.rank))}
            </span>
            <span class="ellipsis">{line.name} " " {left}</span>
            <strong>{grouped(line.score)}</strong>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{UserId, UserInfo};

    use super::*;
    use crate::components::pk::verdict::tests::live;

    fn line(name: &str, rank: u32, outcome: SideOutcome) -> ResultLine {
        ResultLine {
            live_id: live(name),
            user: UserInfo {
                user_id: UserId::new(name).unwrap(),
                user_name: name.to_owned(),
                avatar_url: String::new(),
            },
            name: name.to_owned(),
            rank,
            score: 0,
            outcome,
        }
    }

    fn names(lines: &[ResultLine]) -> Vec<String> {
        on_steps(lines).into_iter().map(|line| line.name).collect()
    }

    #[test]
    fn the_winner_stands_in_the_middle_of_the_podium() {
        let lines = [
            line("a", 1, SideOutcome::Won),
            line("b", 2, SideOutcome::Lost),
            line("c", 3, SideOutcome::Lost),
            line("d", 4, SideOutcome::Lost),
        ];
        assert_eq!(names(&lines), ["b", "a", "c"]);
    }

    #[test]
    fn a_side_that_left_is_not_on_the_podium() {
        let lines = [line("a", 1, SideOutcome::Won), line("b", 2, SideOutcome::Exited)];
        assert_eq!(names(&lines), ["a"]);
    }
}
