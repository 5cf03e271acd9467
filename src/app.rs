//! The app: the client of the page, its routes, and the one context that every component may use.

use std::future::Future;

use crate::dom::prelude::*;
use duelcast_protocol::UserId;
use futures::future::LocalBoxFuture;
use leptos::task::spawn_local;

use crate::{
    components::{
        session::TakeOverGate,
        toasts::{ToastStack, Toasts},
    },
    i18n::{InLanguage, LanguageRoot, use_language},
    navigation::{Navigation, route_of_page},
    pages::{LivePage, LobbyPage, NotFoundPage, OverlayPage},
    reactive::Kept,
    route::Route,
    signaling::CallError,
    stores::{Client, ClientConfig},
    token::take_token,
};

/// What components share, whatever page they are on.
#[derive(Clone, Copy)]
pub struct AppContext {
    parts: Kept<AppParts>,
}

struct AppParts {
    client: Client,
    now: Signal<f64>,
    toasts: Toasts,
    navigation: Navigation,
    is_embedded: bool,
}

impl AppContext {
    fn new(client: Client, navigation: Navigation, is_embedded: bool) -> Self {
        let now = client.ticks().into();
        let toasts = Toasts::default();
        Self { parts: Kept::new(AppParts { client, now, toasts, navigation, is_embedded }) }
    }

    /// For views in somebody else's page.
    #[must_use]
    pub fn embedded(client: Client, navigation: Navigation) -> Self {
        Self::new(client, navigation, true)
    }

    #[must_use]
    pub fn client(self) -> Client {
        self.parts.with(|parts| parts.client.clone())
    }

    /// Server time in milliseconds, five times a second.
    #[must_use]
    pub fn now(self) -> Signal<f64> {
        self.parts.with(|parts| parts.now)
    }

    #[must_use]
    pub fn toasts(self) -> Toasts {
        self.parts.with(|parts| parts.toasts)
    }

    #[must_use]
    pub fn navigation(self) -> Navigation {
        self.parts.with(|parts| parts.navigation)
    }

    /// Part of somebody else's page: no landmarks, and nobody is asked to sign in.
    #[must_use]
    pub fn is_embedded(self) -> bool {
        self.parts.with(|parts| parts.is_embedded)
    }

    /// Reactive: who we are.
    #[must_use]
    pub fn me(self) -> Option<UserId> {
        self.client().me().with(|me| me.as_ref().map(|me| me.user_id.clone()))
    }

    /// Runs something that is tried again anyway; a failure is not worth a word.
    pub fn attempt_quietly<T: 'static>(self, action: impl Future<Output = Result<T, CallError>> + 'static) {
        spawn_local(async move { drop(action.await) });
    }

    /// Runs something; says so when it fails.
    pub fn attempt<T: 'static>(self, action: impl Future<Output = Result<T, CallError>> + 'static) {
        self.attempt_boxed(Box::pin(async move { action.await.map(drop) }));
    }

    fn attempt_boxed(self, action: LocalBoxFuture<'static, Result<(), CallError>>) {
        spawn_local(async move {
            if let Err(error) = action.await {
                self.toasts().fail(&error);
            }
        });
    }
}

/// The context; provided once: by [`App`], or by who embeds a view.
#[must_use]
pub fn use_app() -> AppContext {
    expect_context::<AppContext>()
}

fn start_client() -> Client {
    let client = Client::start(ClientConfig::of_page());
    if let Some(token) = take_token() {
        client.sign_in_with_token(&token);
    } else {
        let client = client.clone();
        spawn_local(async move { client.restore().await });
    }
    client
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let route = route_of_page();
    let app = AppContext::new(start_client(), Navigation::of_page(route), false);
    provide_context(app);
    mark_document();
    let route = memo(move || route.get());
    let page = move || match route.get() {
        Route::Lobby => view! { <LobbyPage /> },
        Route::Live(live_id) => view! { <LivePage live_id /> },
        Route::Overlay(live_id) => view! { <OverlayPage live_id /> },
        Route::Nowhere => view! { <NotFoundPage /> },
    };
    view! {
        <LanguageRoot>
            {page}
            <InLanguage>
                <TakeOverGate />
            </InLanguage>
            <ToastStack toasts=app.toasts() />
        </LanguageRoot>
    }
}

/// The page is ours, so it says as a whole which language it is in.
fn mark_document() {
    let language = use_language();
    effect(move || {
        let language = language.get();
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("lang", language.tag()));
            drop(root.set_attribute("dir", language.direction()));
        }
    });
}
