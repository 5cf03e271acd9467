//! The app: its client, its routes, and the one context that every component can use.

use std::future::Future;

use duelcast_protocol::UserId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{
    components::{
        session::TakeOverGate,
        toasts::{ToastStack, Toasts},
    },
    i18n::{InLanguage, LanguageRoot, use_language},
    navigation::{Navigation, route_of_page},
    pages::{LivePage, LobbyPage, NotFoundPage, OverlayPage},
    route::Route,
    signaling::CallError,
    stores::{Client, ClientConfig},
    token::take_token,
};

/// The context that all components share.
///
/// Its handles live as long as the page or the custom element. Timers and futures may outlive it:
/// [`Toasts`] and [`Navigation::go`] are then no-ops, and the client must be taken before the wait.
#[derive(Clone, Copy)]
pub struct AppContext {
    client: StoredValue<Client>,
    now: Signal<f64>,
    toasts: Toasts,
    navigation: Navigation,
    is_embedded: bool,
}

impl AppContext {
    fn new(client: Client, navigation: Navigation, is_embedded: bool) -> Self {
        let now = client.ticks().into();
        Self { client: StoredValue::new(client), now, toasts: Toasts::default(), navigation, is_embedded }
    }

    /// The context for views in a page of another app.
    #[must_use]
    pub fn embedded(client: Client, navigation: Navigation) -> Self {
        Self::new(client, navigation, true)
    }

    /// # Panics
    /// After the page or the element was removed.
    #[must_use]
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// Server time in milliseconds, updated five times per second.
    #[must_use]
    pub const fn now(self) -> Signal<f64> {
        self.now
    }

    #[must_use]
    pub const fn toasts(self) -> Toasts {
        self.toasts
    }

    #[must_use]
    pub const fn navigation(self) -> Navigation {
        self.navigation
    }

    /// Whether this is part of a page of another app: no landmarks and no sign-in form.
    #[must_use]
    pub const fn is_embedded(self) -> bool {
        self.is_embedded
    }

    /// Reactive: our user id.
    #[must_use]
    pub fn me(self) -> Option<UserId> {
        self.client().me().with(|me| me.as_ref().map(|me| me.user_id.clone()))
    }

    /// Runs an action that is repeated anyway; a failure is ignored.
    pub fn attempt_quietly<T: 'static>(self, action: impl Future<Output = Result<T, CallError>> + 'static) {
        spawn_local(async move { drop(action.await) });
    }

    /// Runs an action; a failure is shown as a toast.
    pub fn attempt<T: 'static>(self, action: impl Future<Output = Result<T, CallError>> + 'static) {
        spawn_local(async move {
            if let Err(error) = action.await {
                self.toasts.fail(&error);
            }
        });
    }
}

/// The app's context; provided once, by [`App`] or by the embedding code.
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

/// The whole page with its routes.
#[component]
pub fn App() -> impl IntoView {
    let route = route_of_page();
    let app = AppContext::new(start_client(), Navigation::of_page(route), false);
    provide_context(app);
    mark_document();
    let route = Memo::new(move |_| route.get());
    let page = move || match route.get() {
        Route::Lobby => view! { <LobbyPage /> }.into_any(),
        Route::Live(live_id) => view! { <LivePage live_id /> }.into_any(),
        Route::Overlay(live_id) => view! { <OverlayPage live_id /> }.into_any(),
        Route::Nowhere => view! { <NotFoundPage /> }.into_any(),
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

/// Sets the language and direction of the document: the whole page is ours.
fn mark_document() {
    let language = use_language();
    Effect::new(move |_| {
        let language = language.get();
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("lang", language.tag()));
            drop(root.set_attribute("dir", language.direction()));
        }
    });
}
