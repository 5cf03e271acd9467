//! The page for an unknown address.

use leptos::prelude::*;

use crate::{
    i18n::{InLanguage, words},
    navigation::{Link, Place},
};

/// Links to the lobby.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <InLanguage>
            <main class="room-over">
                <h1>{words::nothing_here()}</h1>
                <Link to=Place::Lobby class="button primary">
                    {words::to_the_lobby()}
                </Link>
            </main>
        </InLanguage>
    }
}
