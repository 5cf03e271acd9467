//! The timer pill under the bar.

use leptos::prelude::*;

use super::digest::URGENT_SECONDS;
use crate::format::clock;

/// `label` is shown before the time: "PK", "Penalty".
#[component]
pub fn ClockPill(
    #[prop(into)] label: String,
    #[prop(into)] seconds: Signal<u64>,
    is_battle: bool,
) -> impl IntoView {
    let is_urgent = move || is_battle && seconds.get() <= URGENT_SECONDS;
    view! {
        <div
            class="pk-clock"
            part="clock"
            class:urgent=is_urgent
            role="timer"
            aria-live="off"
            data-testid="pk-clock"
            data-seconds=move || seconds.get().to_string()
        >
            <span class="tag">{label}</span>
            <span>{move || clock(seconds.get())}</span>
        </div>
    }
}
