//! A microphone test before going live.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use_interval_fn::use_interval_fn;

use crate::{
    components::icons::{Glyph, Icon},
    format::decimal,
    i18n::{Explain, words},
    microphone::{Microphone, MicrophoneError},
};

const READ_EVERY_MS: u64 = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    NotAsked,
    Asking,
    Open,
    Failed(MicrophoneError),
}

/// Opens the microphone only when pressed; closes it when the component is removed.
#[component]
pub fn MicrophoneCheck() -> impl IntoView {
    let microphone = StoredValue::new(None::<Microphone>);
    let check = RwSignal::new(Check::NotAsked);
    let level = RwSignal::new(0_u8);
    let ask = move |_| {
        check.set(Check::Asking);
        spawn_local(async move {
            let opened = Microphone::open().await;
            check.set(opened.as_ref().map_or_else(|error| Check::Failed(*error), |_| Check::Open));
            microphone.set_value(opened.ok());
        });
    };
    let read = move || {
        if let Some(now) = microphone.try_with_value(|open| open.as_ref().map(Microphone::level)).flatten() {
            level.set(now);
        }
    };
    use_interval_fn(read, READ_EVERY_MS);
    view! {
        <section data-testid="mic-check">
            <button
                class="button"
                type="button"
                data-testid="mic-check-start"
                prop:disabled=move || matches!(check.get(), Check::Asking | Check::Open)
                on:click=ask
            >
                <Icon glyph=Glyph::Mic />
                {words::microphone_check()}
            </button>
            {move || said(check.get()).map(|text| view! { <p class="hint" role="status">{text}</p> })}
            <Show when=move || check.get() == Check::Open>
                <div
                    class="meter"
                    role="meter"
                    aria-label=words::microphone_level()
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || level.get().to_string()
                >
                    <div style=("--level", move || decimal(f64::from(level.get()) / 100.0, 2))></div>
                </div>
            </Show>
        </section>
    }
}

fn said(check: Check) -> Option<String> {
    match check {
        Check::NotAsked => None,
        Check::Asking => Some(words::microphone_asking()),
        Check::Open => Some(words::microphone_open()),
        Check::Failed(error) => Some(error.explain()),
    }
}
