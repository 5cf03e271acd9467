//! A banner with the status of the socket, unless it is online.

use leptos::prelude::*;

use crate::{
    app::use_app,
    i18n::{Explain, words},
    signaling::{OfflineReason, Status},
};

/// Number of failed attempts after which the banner blames the server instead of the network.
const SERVER_GONE_AFTER: u32 = 3;

/// Renders nothing while the socket is online.
#[component]
pub fn StatusBanner() -> impl IntoView {
    let app = use_app();
    let status = app.client().status();
    let line = Memo::new(move |_| {
        let status = status.get();
        // On our own page, `TakeOverGate` shows a sheet for this status.
        let is_said = status == Status::Offline(OfflineReason::KickedByOtherSession) && !app.is_embedded();
        describe(status).filter(|_| !is_said)
    });
    move || {
        line.get().map(|(name, text, may_retry)| {
            let retry = may_retry.then(|| {
                view! {
                    <button
                        class="button small"
                        type="button"
                        data-testid="reconnect"
                        on:click=move |_| app.client().reconnect()
                    >
                        {words::try_now()}
                    </button>
                }
            });
            view! {
                <p class="banner" role="status" data-testid="status-banner" data-status=name>
                    {(name == "reconnecting").then(|| view! { <span class="spinner"></span> })}
                    {text}
                    {retry}
                </p>
            }
        })
    }
}

/// The test id, the text, and whether to show a retry button.
fn describe(status: Status) -> Option<(&'static str, String, bool)> {
    match status {
        Status::Idle | Status::Connecting | Status::Online => None,
        Status::Reconnecting { attempt, .. } if attempt >= SERVER_GONE_AFTER => {
            Some(("reconnecting", words::server_unreachable(), true))
        }
        Status::Reconnecting { .. } => Some(("reconnecting", words::reconnecting(), false)),
        Status::Offline(reason) => Some(("offline", reason.explain(), false)),
    }
}
