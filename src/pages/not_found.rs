//! An address that leads nowhere.

use leptos::prelude::*;

use crate::i18n::{InLanguage, words};

/// Leads back to the lobby.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <InLanguage>
            <main class="room-over">
                <h1>{words::nothing_here()}</h1>
                <a class="button primary" href="/">
                    {words::to_the_lobby()}
                </a>
            </main>
        </InLanguage>
    }
}
