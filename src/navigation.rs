//! The places of the app and navigation between them: by the address bar on our own pages, by the
//! host page when embedded.

use duelcast_protocol::LiveId;
use leptos::ev::{MouseEvent, popstate};
use leptos::prelude::*;
use leptos_use_event_listener::use_event_listener;
use leptos_use_window::use_window;
use wasm_bindgen::JsValue;

use crate::{app::use_app, route::Route};

/// A place of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Lobby,
    Live(LiveId),
}

impl Place {
    /// The path on our own pages.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Lobby => "/".to_owned(),
            Self::Live(live_id) => format!("/live/{live_id}"),
        }
    }
}

/// Creates addresses for links, and handles navigation.
#[derive(Clone, Copy)]
pub struct Navigation {
    address: Callback<Place, String>,
    go: Callback<Place>,
}

impl Navigation {
    /// `address` returns the address of a place, `go` navigates to it.
    #[must_use]
    pub fn new(
        address: impl Fn(Place) -> String + Send + Sync + 'static,
        go: impl Fn(Place) + Send + Sync + 'static,
    ) -> Self {
        Self { address: Callback::new(address), go: Callback::new(go) }
    }

    /// Navigation of our own pages; sets `route`.
    pub(crate) fn of_page(route: RwSignal<Route>) -> Self {
        Self::new(|place| place.path(), move |place| show(&place.path(), route))
    }

    /// The address of a place, for a link.
    #[must_use]
    pub fn address(self, place: &Place) -> String {
        self.address.run(place.clone())
    }

    /// Navigates to a place; a no-op after the page was removed.
    pub fn go(self, place: &Place) {
        self.go.try_run(place.clone());
    }
}

/// Reactive: the page of the current address; follows the browser's back button.
pub(crate) fn route_of_page() -> RwSignal<Route> {
    let route = RwSignal::new(current());
    let _ = use_event_listener(use_window(), popstate, move |_| route.set(current()));
    route
}

fn current() -> Route {
    Route::parse(&window().location().pathname().unwrap_or_default())
}

fn show(path: &str, route: RwSignal<Route>) {
    let pushed =
        window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(path)));
    if pushed.is_ok() {
        route.set(current());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// A link to a place.
#[component]
pub fn Link(to: Place, #[prop(into)] class: String, children: Children) -> impl IntoView {
    let navigation = use_app().navigation();
    let address = navigation.address(&to);
    let follow = move |event: MouseEvent| {
        if is_plain(&event) {
            event.prevent_default();
            navigation.go(&to);
        }
    };
    view! {
        <a class=class href=address on:click=follow>
            {children()}
        </a>
    }
}

/// Whether a click is not meant to open another tab or window.
fn is_plain(event: &MouseEvent) -> bool {
    let has_modifier = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !has_modifier && !event.default_prevented()
}
