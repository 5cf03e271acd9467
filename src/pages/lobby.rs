//! The lobby: who is live, and starting a live of one's own.

use duelcast_protocol::LiveId;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{
    app::use_app,
    components::{
        icons::{Glyph, Icon},
        lobby::{LiveCardLink, LobbyTop, StartSheet},
        sign_in::SignInGate,
    },
    stores::{LiveListStore, NewLive},
};

/// Lists the public lives, newest first.
#[component]
pub fn LobbyPage() -> impl IntoView {
    let app = use_app();
    let store = LiveListStore::shared();
    let me = app.client().me();
    let is_known = Memo::new(move |_| me.with(Option::is_some));
    let list = StoredValue::new(store);
    let refresh = Callback::new(move |()| app.attempt(async move { list.get_value().refresh().await }));
    Effect::new(move || {
        if is_known.get() {
            refresh.run(());
        }
    });
    view! {
        <main class="lobby light-ok">
            <div class="inner">
                <LobbyTop on_refresh=refresh />
                <OwnLive />
                <LiveList />
            </div>
            <StartLive />
            <SignInGate />
        </main>
    }
}

#[component]
fn OwnLive() -> impl IntoView {
    let current = LiveListStore::shared().state.current_live.clone();
    let link = |live_id: LiveId| {
        view! {
            <a class="button wide own-live" href=format!("/live/{live_id}")>
                "Back to your live"
            </a>
        }
    };
    move || current.get().map(link)
}

#[component]
fn LiveList() -> impl IntoView {
    let app = use_app();
    let list = StoredValue::new(LiveListStore::shared());
    let state = list.with_value(|list| list.state.clone());
    let (lives, has_more, is_loading) =
        (state.lives.clone(), state.has_more.clone(), state.is_loading.clone());
    let is_empty = move || state.lives.with(Vec::is_empty) && !state.is_loading.get();
    let is_busy = is_loading.clone();
    view! {
        <div class="cards">
            <For
                each=move || lives.get()
                key=|card| (card.live.live_id.clone(), card.activity as u8, card.viewer_count)
                let:card
            >
                <LiveCardLink card />
            </For>
        </div>
        <Show when=is_empty>
            <p class="empty">"Nobody is live right now. Be the first!"</p>
        </Show>
        <div class="more">
            <Show when=move || is_busy.get()>
                <span class="spinner" role="progressbar" aria-label="Loading"></span>
            </Show>
            <Show when=move || has_more.get() && !is_loading.get()>
                <button
                    class="button"
                    type="button"
                    data-testid="load-more"
                    on:click=move |_| app.attempt(async move { list.get_value().load_more().await })
                >
                    "Show more"
                </button>
            </Show>
        </div>
    }
}

#[component]
fn StartLive() -> impl IntoView {
    let app = use_app();
    let can_create = app.client().can_create_live();
    let is_open = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let navigate = StoredValue::new_local(use_navigate());
    let on_start = Callback::new(move |live: NewLive| {
        is_busy.set(true);
        spawn_local(async move {
            let created = LiveListStore::shared().create_live(live).await;
            is_busy.set(false);
            match created {
                Ok(live) => {
                    navigate.with_value(|go| go(&format!("/live/{}", live.live_id()), Default::default()))
                }
                Err(error) => app.toasts.fail(&error),
            }
        });
    });
    let on_close = Callback::new(move |()| is_open.set(false));
    view! {
        <Show when=move || can_create.get()>
            <div class="start-fab">
                <button class="button primary" type="button" data-testid="start-live" on:click=move |_| is_open.set(true)>
                    <Icon glyph=Glyph::Plus />
                    "Start a live"
                </button>
            </div>
        </Show>
        <Show when=move || is_open.get()>
            <StartSheet is_busy on_start on_close />
        </Show>
    }
}
