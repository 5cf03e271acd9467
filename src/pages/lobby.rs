//! The lobby: the list of lives, and starting a live.

use duelcast_protocol::LiveId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{
    app::use_app,
    components::{
        icons::{Glyph, Icon},
        live::StatusBanner,
        lobby::{LiveList, LobbyTop, PullToRefresh, StartSheet},
        main_part::MainPart,
        sign_in::SignInGate,
    },
    i18n::{InLanguage, words},
    navigation::{Link, Place},
    stores::{LiveListStore, NewLive},
};

/// The page of the lobby.
#[component]
pub fn LobbyPage() -> impl IntoView {
    view! {
        <LobbyView may_start=true />
        <InLanguage>
            <SignInGate />
        </InLanguage>
    }
}

/// Lists the public lives, newest first; users who may start a live can do so here.
#[component]
pub fn LobbyView(may_start: bool) -> impl IntoView {
    let app = use_app();
    let me = app.client().me();
    let is_known = Memo::new(move |_| me.with(Option::is_some));
    let has_loaded = RwSignal::new(false);
    let refresh = Callback::new(move |()| {
        let list = LiveListStore::shared();
        app.attempt(async move {
            let refreshed = list.refresh().await;
            has_loaded.set(true);
            refreshed
        });
    });
    Effect::new(move |_| {
        if is_known.get() {
            refresh.run(());
        }
    });
    view! {
        <InLanguage>
            <MainPart class="lobby light-ok" part="lobby">
                {(!app.is_embedded()).then(|| view! { <PullToRefresh on_refresh=refresh /> })}
                <div class="inner">
                    {(!app.is_embedded()).then(|| view! { <LobbyTop on_refresh=refresh /> })}
                    <div class="banners">
                        <StatusBanner />
                    </div>
                    {may_start.then(|| view! { <OwnLive /> })}
                    <LiveList has_loaded on_retry=refresh />
                </div>
                {may_start.then(|| view! { <StartLive /> })}
            </MainPart>
        </InLanguage>
    }
}

#[component]
fn OwnLive() -> impl IntoView {
    let current = LiveListStore::shared().state.current_live.clone();
    let link = |live_id: LiveId| {
        view! {
            <Link to=Place::Live(live_id) class="button wide own-live">
                {words::back_to_own_live()}
            </Link>
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
    let on_start = Callback::new(move |live: NewLive| {
        is_busy.set(true);
        let list = LiveListStore::shared();
        spawn_local(async move {
            let created = list.create_live(live).await;
            is_busy.set(false);
            match created {
                Ok(live) => app.navigation().go(&Place::Live(live.live_id().clone())),
                Err(error) => app.toasts().fail(&error),
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
