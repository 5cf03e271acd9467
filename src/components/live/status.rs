//! Where the socket stands, when it is not simply online.

use leptos::prelude::*;

use crate::{app::use_app, signaling::Status};

/// Says nothing while all is well.
#[component]
pub fn StatusBanner() -> impl IntoView {
    let status = use_app().client().status();
    let line = Memo::new(move |_| describe(status.get()));
    move || {
        line.get().map(|(name, text)| {
            let is_trying = name == "reconnecting";
            view! {
                <p class="banner" role="status" data-testid="status-banner" data-status=name>
                    {is_trying.then(|| view! { <span class="spinner"></span> })}
                    {text}
                </p>
            }
        })
    }
}

fn describe(status: Status) -> Option<(&'static str, String)> {
    match status {
        Status::Idle | Status::Connecting | Status::Online => None,
        Status::Reconnecting { .. } => Some(("reconnecting", "Reconnecting …".to_owned())),
        Status::Offline(reason) => Some(("offline", reason.to_string())),
    }
}
