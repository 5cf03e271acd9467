//! The header of the lobby: title, user name, refresh.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{
        avatar::Avatar,
        icons::{Glyph, Icon},
        language::LanguagePicker,
    },
    format::display_name,
    i18n::words,
};

/// Pressing the user name signs out, so that the user can choose another name.
#[component]
pub fn LobbyTop(on_refresh: Callback<()>) -> impl IntoView {
    view! {
        <header class="top">
            <h1 class="brand">
                <span class="mark" aria-hidden="true"></span>
                "Duelcast"
            </h1>
            <Me />
            <LanguagePicker />
            <button class="round" type="button" aria-label=words::refresh() data-testid="refresh" on:click=move |_| on_refresh.run(())>
                <Icon glyph=Glyph::Refresh />
            </button>
        </header>
        <p class="lead">{words::lead()}</p>
    }
}

#[component]
fn Me() -> impl IntoView {
    let app = use_app();
    let me = app.client().me();
    move || {
        me.get().map(|me| {
            let name = display_name(&me);
            let label = words::name_change(&name);
            view! {
                <button
                    class="button me"
                    type="button"
                    aria-label=label
                    data-testid="me"
                    on:click=move |_| app.client().sign_out()
                >
                    <Avatar user=me />
                    <span class="ellipsis">{name}</span>
                </button>
            }
        })
    }
}
