//! The PK bar of two sides: one's own cold from the left, the other warm from the right. It moves by transform only.

use duelcast_protocol::LiveId;
use leptos::prelude::*;

use crate::{
    format::compact,
    layout::{Segment, split, stacked},
};

/// A side of a bar: its room and its score.
#[derive(Clone)]
pub struct BarSide {
    pub live_id: LiveId,
    pub name: String,
    pub score: Signal<u64>,
    pub tint: usize,
}

/// Two sides.
#[component]
pub fn DuelBar(own: BarSide, other: BarSide) -> impl IntoView {
    let scores = [own.score, other.score];
    let share = Memo::new(move |_| {
        let scores = scores.map(|score| score.get());
        split(scores, scores.map(|score| compact(score).len()))
    });
    let label = bar_label(vec![own.clone(), other.clone()]);
    view! {
        <div
            class="pk-bar"
            role="img"
            aria-label=label
            style=("--split", move || format!("{:.4}", share.get()))
        >
            <div class="own"></div>
            <div class="mark-track">
                <div class="mark"></div>
            </div>
            <Score side=own class="score left" />
            <Score side=other class="score right" />
        </div>
    }
}

/// Three to nine sides, a colour each.
#[component]
pub fn StackedBar(sides: Vec<BarSide>) -> impl IntoView {
    let scores: Vec<Signal<u64>> = sides.iter().map(|side| side.score).collect();
    let segments = Memo::new(move |_| {
        let scores: Vec<u64> = scores.iter().map(|score| score.get()).collect();
        let label_chars: Vec<usize> = scores.iter().map(|score| compact(*score).len()).collect();
        stacked(&scores, &label_chars)
    });
    let label = bar_label(sides.clone());
    let band = move |(i, side): (usize, BarSide)| view! { <Band i side segments /> };
    view! {
        <div class="pk-stack" role="img" aria-label=label>
            {sides.into_iter().enumerate().map(band).collect_view()}
        </div>
    }
}

#[component]
fn Band(i: usize, side: BarSide, segments: Memo<Vec<Segment>>) -> impl IntoView {
    let segment =
        move || segments.with(|all| all.get(i).copied().unwrap_or(Segment { start: 1.0, share: 0.0 }));
    let start = move || format!("{:.4}", segment().start);
    view! {
        <div
            class=format!("band tint-{}", side.tint)
            style=("--start", start)
            style=("--share", move || format!("{:.4}", segment().share))
        ></div>
        <div class="label" style=("--start", start)>
            <Score side class="score" />
        </div>
    }
}

#[component]
fn Score(side: BarSide, class: &'static str) -> impl IntoView {
    let score = side.score;
    view! {
        <span
            class=class
            data-testid="pk-score"
            data-live-id=side.live_id.to_string()
            data-score=move || score.get().to_string()
        >
            {move || compact(score.get())}
        </span>
    }
}

fn bar_label(sides: Vec<BarSide>) -> impl Fn() -> String + Send + Sync + Clone + 'static {
    move || {
        let parts: Vec<String> =
            sides.iter().map(|side| format!("{} {}", side.name, side.score.get())).collect();
        parts.join(", ")
    }
}
