//! The lobby: who is live, and starting a live of one's own.

use duelcast_protocol::LiveId;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{
    app::use_app,
    components::{
        icons::{Glyph, Icon},
        live::StatusBanner,
        lobby::{LiveList, LobbyTop, PullToRefresh, StartSheet},
        sign_in::SignInGate,
    },
    i18n::{InLanguage, words},
    stores::{LiveListStore, NewLive},
};

/// Lists the public lives, newest first.
#[component]
pub fn LobbyPage() -> impl IntoView {
    let app = use_app();
    let me = app.client().me();
    let is_known = Memo::new(move |_| me.with(Option::is_some));
    let list = StoredValue::new(LiveListStore::shared());
    let has_loaded = RwSignal::new(false);
    let refresh = Callback::new(move |()| {
        app.attempt(async move {
            let refreshed = list.get_value().refresh().await;
            has_loaded.try_set(true);
            refreshed
        });
    });
    Effect::new(move || {
        if is_known.get() {
            refresh.run(());
        }
    });
    view! {
        <InLanguage>
            <main class="lobby light-ok">
                <PullToRefresh on_refresh=refresh />
                <div class="inner">
                    <LobbyTop on_refresh=refresh />
                    <div class="banners">
                        <StatusBanner />
                    </div>
                    <OwnLive />
                    <LiveList has_loaded on_retry=refresh />
                </div>
                <StartLive />
                <SignInGate />
            </main>
        </InLanguage>
    }
}

#[component]
fn OwnLive() -> impl IntoView {
    let current = LiveListStore::shared().state.current_live.clone();
    let link = |live_id: LiveId| {
        view! {
            <a class="button wide own-live" href=format!("/live/{live_id}")>
                {words::back_to_own_live()}
            </a>
        }
    };
    move || current.get().map(link)
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
                    {words::start_a_live()}
                </button>
            </div>
        </Show>
        <Show when=move || is_open.get()>
            <StartSheet is_busy on_start on_close />
        </Show>
    }
}
