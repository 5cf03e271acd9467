//! An address that leads nowhere.

use leptos::prelude::*;

/// Leads back to the lobby.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <main class="room-over">
            <h1>"There is nothing here."</h1>
            <a class="button primary" href="/">
                "To the lobby"
            </a>
        </main>
    }
}
