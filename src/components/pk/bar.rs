//! The PK bar of two sides: our side in cold colours from the left, the other in warm colours from
//! the right. Animated with transforms only.

use std::cmp::Ordering;

use duelcast_protocol::LiveId;
use leptos::prelude::*;

use super::rolling::Rolling;
use crate::{
    format::{compact, decimal, grouped, in_thousands, width_in_digits},
    i18n::words,
    layout::{MANY, Segment, split, stacked},
};

/// A side of a bar: its live and its score.
#[derive(Clone)]
pub struct BarSide {
    pub live_id: LiveId,
    pub name: String,
    pub score: Signal<u64>,
    pub tint: usize,
}

/// A bar of two sides.
#[component]
pub fn DuelBar(own: BarSide, other: BarSide) -> impl IntoView {
    let scores = [own.score, other.score];
    let share = Memo::new(move |_| {
        let scores = scores.map(|score| score.get());
        split(scores, scores.map(|score| width_in_digits(&compact(score))))
    });
    let label = bar_label(vec![own.clone(), other.clone()]);
    let changes = lead_changes(scores);
    let split = move || decimal(share.get(), 4);
    view! {
        <div
            class="pk-bar"
            part="bar"
            class:flash-even=move || is_flash(changes.get().1, 0)
            class:flash-odd=move || is_flash(changes.get().1, 1)
            role="img"
            aria-label=label
        >
            <div class="own" style=("--split", split)>
                <div class="mark"></div>
            </div>
            <Score side=own text=compact class="score left" />
            <Score side=other text=compact class="score right" />
        </div>
    }
}

/// Whether a flash class is set: two classes alternate, so that each change restarts the animation.
fn is_flash(changes: u32, parity: u32) -> bool {
    changes > 0 && changes % 2 == parity
}

/// The current leader, and the number of lead changes. A tie does not change the lead.
fn lead_changes(scores: [Signal<u64>; 2]) -> Memo<(Ordering, u32)> {
    Memo::new(move |before: Option<&(Ordering, u32)>| {
        let [own, other] = scores.map(|score| score.get());
        next_lead(before.copied(), own.cmp(&other))
    })
}

fn next_lead(before: Option<(Ordering, u32)>, now: Ordering) -> (Ordering, u32) {
    match (before, now) {
        (None, _) => (now, 0),
        (Some(before), Ordering::Equal) => before,
        (Some((Ordering::Equal, changes)), _) => (now, changes),
        (Some((lead, changes)), _) => (now, changes + u32::from(lead != now)),
    }
}

/// A bar of three to nine sides, one colour each. From [`MANY`] sides on it shows thousands, where
/// they fit.
#[component]
pub fn StackedBar(sides: Vec<BarSide>) -> impl IntoView {
    let text = if sides.len() < MANY { compact } else { in_thousands };
    let scores: Vec<Signal<u64>> = sides.iter().map(|side| side.score).collect();
    let segments = Memo::new(move |_| {
        let scores: Vec<u64> = scores.iter().map(|score| score.get()).collect();
        let label_chars: Vec<usize> = scores.iter().map(|score| width_in_digits(&text(*score))).collect();
        stacked(&scores, &label_chars)
    });
    let label = bar_label(sides.clone());
    let band = move |(i, side): (usize, BarSide)| view! { <Band i side segments text /> };
    view! {
        <div class="pk-stack" part="bar" role="img" aria-label=label>
            {sides.into_iter().enumerate().map(band).collect_view()}
        </div>
    }
}

/// A segment extends from its start to the end of the bar; later segments are drawn over it.
#[component]
fn Band(i: usize, side: BarSide, segments: Memo<Vec<Segment>>, text: fn(u64) -> String) -> impl IntoView {
    let start = move || segments.with(|all| all.get(i).map_or(1.0, |segment| segment.start));
    let fit = Memo::new(move |_| segments.with(|all| all.get(i).map(|segment| segment.fit.name())));
    let tint = side.tint;
    view! {
        <div class=format!("band tint-{tint}") data-fit=move || fit.get() style=("--start", move || decimal(start(), 4))>
            <Score side text class="score" />
        </div>
    }
}

#[component]
fn Score(side: BarSide, text: fn(u64) -> String, class: &'static str) -> impl IntoView {
    let score = side.score;
    let text = Signal::derive(move || text(score.get()));
    view! {
        <span
            class=class
            part="score"
            title=move || grouped(score.get())
            data-testid="pk-score"
            data-live-id=side.live_id.to_string()
            data-score=move || score.get().to_string()
        >
            <Rolling text />
        </span>
    }
}

fn bar_label(sides: Vec<BarSide>) -> impl Fn() -> String + Send + Sync + Clone + 'static {
    move || {
        let parts: Vec<String> =
            sides.iter().map(|side| format!("{} {}", side.name, grouped(side.score.get()))).collect();
        parts.join(&words::list_separator())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_flashes_when_the_lead_changes_and_only_then() {
        let moments =
            [Ordering::Equal, Ordering::Greater, Ordering::Equal, Ordering::Greater, Ordering::Less];
        let mut lead = None;
        let changes = moments.map(|now| {
            lead = Some(next_lead(lead, now));
            lead.map_or(0, |(_, changes)| changes)
        });
        assert_eq!(changes, [0, 0, 0, 0, 1]);
    }
}
