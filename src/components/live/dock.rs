//! The bottom bar of a live: chat input, microphone, gifts, likes.

use duelcast_protocol::limits::MAX_TEXT_CHARS;
use leptos::prelude::*;
use leptos::{ev, task::spawn_local};
use leptos_use_interval_fn::use_interval_fn;

use crate::{
    app::use_app,
    components::{
        icons::{Glyph, Icon},
        room::{Panel, use_room},
    },
    i18n::{Explain, words},
    microphone::Microphone as Device,
    stores::LiveSeatStore,
};

const REPORT_EVERY_MS: u64 = 200;
/// Minimum change of the volume level that is reported.
const LEVEL_STEP: u8 = 4;
/// Looks after which a level that stays is reported again: the server takes one without a report for
/// silence after 2 s.
const LOOKS_PER_REPORT: u8 = 5;

/// The same for all roles; the microphone button is shown only to users on a seat.
#[component]
pub fn Dock() -> impl IntoView {
    let room = use_room();
    let gifts = room.clone();
    let likes = room.likes.clone();
    view! {
        <footer class="dock" part="dock">
            <ChatBox />
            <Microphone />
            <button
                class="round gift"
                type="button"
                aria-label=words::send_a_gift()
                data-testid="gift-open"
                on:click=move |_| gifts.open(Panel::Gifts)
            >
                <Icon glyph=Glyph::Gift />
            </button>
            <button class="round like" type="button" aria-label=words::like() data-testid="like" on:click=move |_| likes.send_like()>
                <Icon glyph=Glyph::Heart />
            </button>
        </footer>
    }
}

#[component]
fn ChatBox() -> impl IntoView {
    let app = use_app();
    let room = use_room();
    let is_muted: Signal<bool> = room.live.state.is_message_disabled.clone().into();
    let chat = room.chat.clone();
    let hint = move || if is_muted.get() { words::you_are_muted() } else { words::say_something() };
    let text = RwSignal::new(String::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let written = text.with(|text| text.trim().to_owned());
        if written.is_empty() {
            return;
        }
        text.set(String::new());
        let chat = chat.clone();
        app.attempt(async move {
            let sent = chat.send_text(written.clone()).await;
            if sent.is_err() && text.try_with_untracked(String::is_empty) == Some(true) {
                text.set(written);
            }
            sent
        });
    };
    view! {
        <div class="chat-box">
            <form on:submit=submit>
                <input
                    class="input"
                    aria-label=words::message()
                    placeholder=hint
                    prop:disabled=move || is_muted.get()
                    autocomplete="off"
                    enterkeyhint="send"
                    maxlength=MAX_TEXT_CHARS.to_string()
                    data-testid="chat-input"
                    bind:value=text
                />
                <button class="round plain send" type="submit" aria-label=words::send() data-testid="chat-send">
                    <Icon glyph=Glyph::Send />
                </button>
            </form>
        </div>
    }
}

#[component]
fn Microphone() -> impl IntoView {
    let app = use_app();
    let seats = use_room().seats.clone();
    let my_seat = seats.state.my_seat.clone();
    let is_open = Memo::new(move |_| {
        my_seat.with(|seat| {
            seat.as_ref().and_then(|seat| seat.user.as_ref()).map(|user| user.is_microphone_open)
        })
    });
    report_level(seats.clone(), is_open);
    let toggle = Callback::new(move |was_open: bool| {
        let seats = seats.clone();
        app.attempt(if was_open { seats.mute_microphone() } else { seats.unmute_microphone() });
    });
    move || {
        is_open.get().map(|is_open| {
            let (label, glyph) =
                if is_open { (words::mute_me(), Glyph::Mic) } else { (words::unmute_me(), Glyph::MicOff) };
            view! {
                <button
                    class="round"
                    class:on=is_open
                    type="button"
                    aria-label=label
                    data-testid="mic"
                    on:click=move |_| toggle.run(is_open)
                >
                    <Icon glyph />
                </button>
            }
        })
    }
}

/// Reports the volume level of our microphone while we are on a seat with the microphone open. If
/// the device cannot be opened, a toast says why. After a reload the browser is not asked for the
/// microphone until the user opens it.
fn report_level(seats: LiveSeatStore, is_open: Memo<Option<bool>>) {
    let app = use_app();
    let microphone = use_room().microphone;
    let last = StoredValue::new(0_u8);
    let looks = StoredValue::new(0_u8);
    let was_open = StoredValue::new(false);
    let report = move || {
        let Some(level) = microphone.try_with_value(|open| open.as_ref().map(Device::level)).flatten() else {
            return;
        };
        if is_open.try_get_untracked() != Some(Some(true)) {
            if was_open.try_get_value() == Some(true) {
                microphone.set_value(None);
            }
            return;
        }
        was_open.set_value(true);
        let Some(reported) = last.try_get_value() else { return };
        let look = looks.try_get_value().unwrap_or_default().saturating_add(1);
        let is_repeated = level > 0 && look >= LOOKS_PER_REPORT;
        looks.set_value(look);
        if is_repeated || level.abs_diff(reported) >= LEVEL_STEP || (level == 0 && reported > 0) {
            last.set_value(level);
            looks.set_value(0);
            let seats = seats.clone();
            app.attempt_quietly(seats.report_volume(level));
        }
    };
    use_interval_fn(report, REPORT_EVERY_MS);
    let ask = move || {
        was_open.set_value(false);
        spawn_local(async move {
            let opened = Device::open().await;
            if let (Err(error), Some(_)) = (&opened, is_open.try_get_untracked()) {
                app.toasts().show(error.explain());
            }
            microphone.set_value(opened.ok());
        });
    };
    Effect::new(move |before: Option<Option<bool>>| {
        let now = is_open.get();
        if before.is_some_and(|before| before != Some(true)) && now == Some(true) {
            ask();
        }
        now
    });
}
