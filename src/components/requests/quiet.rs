//! Do not disturb: invitations are declined without being shown.

use duelcast_protocol::{LiveId, RejectReason, Timestamp};
use leptos::prelude::*;

use crate::{app::use_app, components::room::use_room, i18n::words};

const STORAGE_KEY: &str = "duelcast.doNotDisturb";
const ON: &str = "1";

/// The stored setting of this browser.
#[must_use]
pub fn restore_quiet() -> RwSignal<bool> {
    RwSignal::new(storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok()?).is_some())
}

/// Stores the setting. Without storage it lasts until the page is closed.
pub fn keep_quiet(is_quiet: bool) {
    let Some(storage) = storage() else { return };
    drop(if is_quiet { storage.set_item(STORAGE_KEY, ON) } else { storage.remove_item(STORAGE_KEY) });
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

/// Declines each invitation once while the setting is on.
#[component]
pub fn QuietAnswers() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let applicants = room.co_host.state.applicants.clone();
    Effect::new(move |answered: Option<Vec<(LiveId, Timestamp)>>| {
        let answered = answered.unwrap_or_default();
        let waiting = if room.is_quiet.get() { applicants.get() } else { Vec::new() };
        let waiting: Vec<_> =
            waiting.into_iter().map(|invitation| (invitation.from.live_id, invitation.created_at)).collect();
        for (live_id, _) in waiting.iter().filter(|invitation| !answered.contains(invitation)) {
            let (store, live_id) = (room.co_host.clone(), live_id.clone());
            app.attempt_quietly(store.reject_host_connection(live_id, RejectReason::DoNotDisturb));
        }
        waiting
    });
}

/// The switch in the co-host panel.
#[component]
pub fn QuietSwitch() -> impl IntoView {
    let is_quiet = use_room().is_quiet;
    let toggle = move |_| {
        is_quiet.update(|is_quiet| *is_quiet = !*is_quiet);
        keep_quiet(is_quiet.get_untracked());
    };
    view! {
        <label class="switch">
            <span>{words::do_not_disturb()}</span>
            <input
                type="checkbox"
                data-testid="do-not-disturb"
                prop:checked=move || is_quiet.get()
                on:change=toggle
            />
        </label>
    }
}
