//! Where the app's places are, and how one gets there: the router's business on our own pages, the host's when embedded.

use std::rc::Rc;

use duelcast_protocol::LiveId;
use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_navigate;

use crate::app::use_app;

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
    address: StoredValue<Address, LocalStorage>,
    go: StoredValue<Go, LocalStorage>,
}

impl Navigation {
    /// `address` makes links, `go` follows them.
    #[must_use]
    pub fn new(address: impl Fn(&Place) -> String + 'static, go: impl Fn(&Place) + 'static) -> Self {
        let (address, go): (Address, Go) = (Rc::new(address), Rc::new(go));
        Self { address: StoredValue::new_local(address), go: StoredValue::new_local(go) }
    }

    /// Our own pages, loaded anew; a [`RouterNavigation`] changes that.
    #[must_use]
    pub fn of_page() -> Self {
        Self::new(Place::path, |place| drop(window().location().assign(&place.path())))
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

/// From here on the router changes pages. Lies inside a `Router`, before its routes.
#[component]
pub fn RouterNavigation() -> impl IntoView {
    let navigate = use_navigate();
    let go: Go = Rc::new(move |place: &Place| navigate(&place.path(), Default::default()));
    use_app().navigation.go.set_value(go);
}

/// A link to a place.
#[component]
pub fn Link(to: Place, #[prop(into)] class: String, children: Children) -> impl IntoView {
    let navigation = use_app().navigation;
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
