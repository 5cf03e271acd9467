//! Where the app's places are, and how one gets there: by the address bar on our own pages, the host's business when embedded.

use std::rc::Rc;

use crate::dom::prelude::*;
use duelcast_protocol::LiveId;
use leptos::ev::MouseEvent;
use wasm_bindgen::JsValue;

use crate::{app::use_app, route::Route};

/// Somewhere to go.
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

type Address = Rc<dyn Fn(&Place) -> String>;
type Go = Rc<dyn Fn(&Place)>;

/// Addresses for links, and what happens when one is followed.
#[derive(Clone, Copy)]
pub struct Navigation {
    address: StoredValue<Address>,
    go: StoredValue<Go>,
}

impl Navigation {
    /// `address` makes links, `go` follows them.
    #[must_use]
    pub fn new(address: impl Fn(&Place) -> String + 'static, go: impl Fn(&Place) + 'static) -> Self {
        let (address, go): (Address, Go) = (Rc::new(address), Rc::new(go));
        Self { address: StoredValue::new(address), go: StoredValue::new(go) }
    }

    /// Our own pages; `route` is set when another is gone to.
    pub(crate) fn of_page(route: RwSignal<Route>) -> Self {
        Self::new(Place::path, move |place| show(&place.path(), route))
    }

    /// For a link.
    #[must_use]
    pub fn address(self, place: &Place) -> String {
        let address = self.address.get_value();
        address(place)
    }

    pub fn go(self, place: &Place) {
        if let Some(go) = self.go.try_get_value() {
            go(place);
        }
    }
}

/// Reactive: the page that the address bar names, whoever changes it.
pub(crate) fn route_of_page() -> RwSignal<Route> {
    let route = RwSignal::new(current());
    let listening = window_event_listener(leptos::ev::popstate, move |_| route.set(current()));
    on_cleanup(move || listening.remove());
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

/// Not one that shall open another tab or window.
fn is_plain(event: &MouseEvent) -> bool {
    let has_modifier = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !has_modifier && !event.default_prevented()
}
