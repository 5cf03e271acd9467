//! Asks guests for a name.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{app::use_app, components::lobby::NameSheet, stores::SignIn};

/// Shown while no user is signed in.
#[component]
pub fn SignInGate() -> impl IntoView {
    let app = use_app();
    let state = app.client().sign_in_state();
    let is_out = Memo::new(move |_| state.get() == SignIn::SignedOut);
    let on_save = Callback::new(move |name: String| {
        let client = app.client();
        spawn_local(async move {
            if let Err(error) = client.sign_in_as_guest(&name).await {
                app.toasts().fail(&error);
            }
        });
    });
    view! {
        <Show when=move || is_out.get()>
            <NameSheet on_save />
        </Show>
    }
}
