//! The header of the lobby: title, user name, refresh.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{
        avatar::Avatar,
        icons::{Glyph, Icon},
        language::LanguagePicker,
        sheet::QuestionSheet,
    },
    format::display_name,
    i18n::words,
};

/// Pressing the user name opens the account.
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
    let is_open = RwSignal::new(false);
    let button = move || {
        me.get().map(|me| {
            let name = display_name(&me);
            let label = words::account(&name);
            view! {
                <button
                    class="button me"
                    type="button"
                    aria-label=label
                    data-testid="me"
                    on:click=move |_| is_open.set(true)
                >
                    <Avatar user=me />
                    <span class="ellipsis">{name}</span>
                </button>
            }
        })
    };
    view! {
        {button}
        <Show when=move || is_open.get()>
            <AccountSheet is_open />
        </Show>
    }
}

/// Asks before signing out: who came by a link needs a new one.
#[component]
fn AccountSheet(is_open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let name = app.client().me().with_untracked(|me| me.as_ref().map(display_name).unwrap_or_default());
    view! {
        <QuestionSheet
            title=name
            hint=words::sign_out_hint()
            stay=words::stay_signed_in()
            go=words::sign_out()
            testid="sign-out"
            on_go=Callback::new(move |()| app.client().sign_out())
            on_close=Callback::new(move |()| is_open.set(false))
        />
    }
}
