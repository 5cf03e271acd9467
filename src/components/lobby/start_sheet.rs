//! What a new live is to be.

use duelcast_protocol::{
    SeatMode,
    limits::{DEFAULT_SEATS_PER_LIVE, MAX_LIVE_NAME_CHARS},
};
use leptos::{ev, prelude::*};

use crate::{
    components::{
        choice::{Choice, Choices},
        microphone_check::MicrophoneCheck,
        sheet::Sheet,
    },
    stores::NewLive,
};

const SEAT_COUNTS: [u16; 6] = [2, 4, 6, 8, 12, 20];

/// Asks for title, seats and visibility.
#[component]
pub fn StartSheet(
    #[prop(into)] is_busy: Signal<bool>,
    on_start: Callback<NewLive>,
    on_close: Callback<()>,
) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let seat_count = RwSignal::new(DEFAULT_SEATS_PER_LIVE);
    let seat_mode = RwSignal::new(SeatMode::Free);
    let is_public = RwSignal::new(true);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_start.run(NewLive {
            live_name: title.with(|title| title.trim().to_owned()),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: is_public.get(),
            max_seat_count: seat_count.get(),
            seat_mode: seat_mode.get(),
        });
    };
    let counts =
        SEAT_COUNTS.map(|count| Choice::new(count, count.to_string(), format!("start-seats-{count}")));
    let modes = vec![
        Choice::new(SeatMode::Free, "Anyone takes a seat", "start-mode-free"),
        Choice::new(SeatMode::Apply, "Ask me first", "start-mode-apply"),
    ];
    view! {
        <Sheet title="Start a live" on_close>
            <form class="form" on:submit=submit>
                <TitleField title />
                <Choices legend="Seats" choices=counts.to_vec() picked=seat_count />
                <Choices legend="How seats are taken" choices=modes picked=seat_mode />
                <MicrophoneCheck />
                <label class="switch">
                    <span>"Show it in the lobby"</span>
                    <input type="checkbox" bind:checked=is_public />
                </label>
                <button
                    class="button primary wide"
                    type="submit"
                    data-testid="start-confirm"
                    prop:disabled=move || is_busy.get() || title.with(|title| title.trim().is_empty())
                >
                    "Go live"
                </button>
            </form>
        </Sheet>
    }
}

#[component]
fn TitleField(title: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span>"Title"</span>
            <input
                class="input"
                maxlength=MAX_LIVE_NAME_CHARS.to_string()
                placeholder="Friday night karaoke"
                data-testid="start-title"
                bind:value=title
            />
        </label>
    }
}
