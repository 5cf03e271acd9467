//! What is inside a custom element: views of the app, mounted into its shadow root.

mod events;
mod kind;
mod views;

use std::cell::Cell;

use duelcast::{
    app::AppContext,
    i18n,
    navigation::{Navigation, Place},
    stores::{Client, ClientConfig},
};
use duelcast_protocol::LiveId;
use js_sys::Function;
use leptos::prelude::*;
use leptos::{
    mount::{UnmountHandle, mount_to},
    tachys::view::any_view::AnyViewState,
};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use self::kind::Kind;
use crate::values::to_value;

/// What the page may set from outside, by attribute.
#[derive(Clone, Copy)]
struct Attributes {
    live_id: ArenaLiveId,
    /// Nothing can be pressed.
    is_readonly: RwSignal<bool>,
}

type ArenaLiveId = RwSignal<Option<LiveId>>;

/// A mounted view; freeing it unmounts.
#[wasm_bindgen]
pub struct EmbeddedView {
    attributes: Attributes,
    client: Client,
    mounted: Option<(UnmountHandle<AnyViewState>, Owner)>,
}

thread_local! {
    static MOUNTED_VIEWS: Cell<usize> = const { Cell::new(0) };
}

impl Drop for EmbeddedView {
    fn drop(&mut self) {
        self.mounted = None;
        MOUNTED_VIEWS.set(MOUNTED_VIEWS.get() - 1);
        if MOUNTED_VIEWS.get() == 0 {
            self.client.clear_subscribers();
            i18n::clear_subscribers();
        }
    }
}

#[wasm_bindgen]
impl EmbeddedView {
    /// Mounts `live`, `seats`, `pk-bar` or `lobby`. `address(place, liveId)` makes links,
    /// `go(place, liveId)` follows them, and `on_event(frame)` hears what happens in the live.
    ///
    /// # Errors
    /// When there is no such view.
    #[wasm_bindgen(constructor)]
    pub fn mount(
        kind: &str,
        root: HtmlElement,
        address: Function,
        go: Function,
        on_event: Function,
    ) -> Result<Self, JsError> {
        let kind = Kind::parse(kind).ok_or_else(|| JsError::new("there is no such view"))?;
        let owner = Owner::new();
        let attributes =
            owner.with(|| Attributes { live_id: RwSignal::new(None), is_readonly: RwSignal::new(false) });
        let client = Client::current();
        let app_client = client.clone();
        let mounted = mount_to(root, move || {
            provide_context(AppContext::embedded(app_client, navigation(address, go)));
            views::view(kind, attributes, on_event).into_any()
        });
        MOUNTED_VIEWS.set(MOUNTED_VIEWS.get() + 1);
        Ok(Self { attributes, client, mounted: Some((mounted, owner)) })
    }

    /// Sets `live-id` or `readonly`, or takes it away.
    #[wasm_bindgen(js_name = setAttribute)]
    pub fn set_attribute(&self, name: &str, value: Option<String>) {
        match name {
            "live-id" => {
                let live_id = value.and_then(|value| LiveId::new(value).ok());
                if self.attributes.live_id.with_untracked(|last| *last != live_id) {
                    self.attributes.live_id.set(live_id);
                }
            }
            "readonly" => self.attributes.is_readonly.set(value.is_some()),
            _ => {}
        }
    }
}

/// With elements, the app's own client below everything, and the language that the reader wants,
/// once its texts have come from the server; until then English.
pub(crate) struct PageClient(Client);

impl PageClient {
    pub(crate) fn start(config: ClientConfig) -> Self {
        let base_url = config.base_url.clone();
        spawn_local(async move { i18n::start(&base_url).await });
        Self(Client::start(config))
    }
}

impl std::ops::Deref for PageClient {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.0
    }
}

fn navigation(address: Function, go: Function) -> Navigation {
    let (address, go) = (SendWrapper::new(address), SendWrapper::new(go));
    let call = |function: &Function, place: &Place| {
        let (name, live_id) = match place {
            Place::Lobby => ("lobby", None),
            Place::Live(live_id) => ("live", Some(live_id.as_str())),
        };
        function.call2(&JsValue::NULL, &name.into(), &to_value(&live_id))
    };
    Navigation::new(
        move |place| call(&address, &place).ok().and_then(|address| address.as_string()).unwrap_or_default(),
        move |place| drop(call(&go, &place)),
    )
}
