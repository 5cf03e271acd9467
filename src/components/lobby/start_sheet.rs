//! The sheet with the settings of a new live.

use duelcast_protocol::{
    SeatMode,
    limits::{DEFAULT_SEATS_PER_LIVE, MAX_LIVE_NAME_CHARS},
};
use leptos::ev;
use leptos::prelude::*;

use crate::{
    components::{
        choice::{Choice, Choices},
        microphone_check::MicrophoneCheck,
        sheet::Sheet,
    },
    format::grouped,
    i18n::words,
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
    let counts = SEAT_COUNTS
        .map(|count| Choice::new(count, grouped(u64::from(count)), format!("start-seats-{count}")));
    let modes = vec![
        Choice::new(SeatMode::Free, words::seat_mode_free(), "start-mode-free"),
        Choice::new(SeatMode::Apply, words::seat_mode_apply(), "start-mode-apply"),
    ];
    view! {
        <Sheet title=words::start_a_live() on_close>
            <form class="form" on:submit=submit>
                <TitleField title />
                <Choices legend=words::seats() choices=counts.to_vec() picked=seat_count />
                <Choices legend=words::how_seats_are_taken() choices=modes picked=seat_mode />
                <MicrophoneCheck />
                <label class="switch">
                    <span>{words::show_in_lobby()}</span>
                    <input type="checkbox" bind:checked=is_public />
                </label>
                <button
                    class="button primary wide"
                    type="submit"
                    data-testid="start-confirm"
                    prop:disabled=move || is_busy.get() || title.with(|title| title.trim().is_empty())
                >
                    {words::go_live()}
                </button>
            </form>
        </Sheet>
    }
}

#[component]
fn TitleField(title: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span>{words::title()}</span>
            <input
                class="input"
                maxlength=MAX_LIVE_NAME_CHARS.to_string()
                placeholder=words::title_example()
                data-testid="start-title"
                bind:value=title
            />
        </label>
    }
}
