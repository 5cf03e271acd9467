//! The client: one socket for the page.

use std::rc::{Rc, Weak};

use duelcast::{
    lives::{ClientConfig, Observer},
    signaling::Status,
};
use duelcast_protocol::LiveId;
use js_sys::{Function, JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[cfg(feature = "elements")]
use crate::elements::PageClient;
use crate::{error::to_js, live::EmbeddedLive, tokens::FunctionTokens};

/// Without elements, nothing but the lives.
#[cfg(not(feature = "elements"))]
struct PageClient(duelcast::lives::Lives);

#[cfg(not(feature = "elements"))]
impl PageClient {
    fn start(config: ClientConfig) -> Self {
        Self(duelcast::lives::Lives::at(&config))
    }

    fn lives(&self) -> duelcast::lives::Lives {
        self.0.clone()
    }

    fn sign_in_with(&self, tokens: Rc<FunctionTokens>) {
        self.0.sign_in_with(tokens);
    }

    fn sign_out(&self) {
        self.0.sign_out();
    }

    fn end(&self) {
        self.0.sign_out();
    }
}

/// The client of the page, in place of an earlier one.
#[wasm_bindgen]
pub struct EmbeddedClient {
    page: PageClient,
    _status: Rc<StatusListener>,
}

struct StatusListener(Function);

impl Observer for StatusListener {
    fn on_status(&self, status: Status) {
        let (name, detail) = describe(status);
        drop(self.0.call2(&JsValue::NULL, &name.into(), &detail.into()));
    }
}

#[wasm_bindgen]
impl EmbeddedClient {
    /// No user is signed in. `on_status` gets `idle`, `connecting`, `online`, `reconnecting` or
    /// `offline`, and a sentence.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn start(base_url: &str, on_status: Function) -> Self {
        let page = PageClient::start(ClientConfig::at(base_url));
        let status = Rc::new(StatusListener(on_status));
        let observer: Weak<StatusListener> = Rc::downgrade(&status);
        page.lives().observe(observer);
        status.on_status(page.lives().signaling().status());
        Self { page, _status: status }
    }

    /// Signs in with the tokens that `provider(wasRefused)` gives, at once or as a promise.
    #[wasm_bindgen(js_name = signIn)]
    pub fn sign_in(&self, provider: Function) {
        self.page.sign_in_with(Rc::new(FunctionTokens(provider)));
    }

    /// Closes the socket.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        self.page.sign_out();
    }

    /// Closes the socket and does not call `on_status`: another client replaces this one.
    pub fn end(self) {
        let Self { page, _status: status } = self;
        drop(status);
        page.end();
    }

    /// Server time in milliseconds since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.page.lives().signaling().clock().now()
    }

    /// Calls a method of the protocol: parameters as JSON, the answer as an object.
    pub fn call(&self, method: String, params: String) -> Promise {
        let call = self.page.lives().call_json(method, params);
        future_to_promise(async move {
            let reply = call.await.map_err(|error| to_js(&error))?;
            JSON::parse(reply.get())
        })
    }

    /// A handle of a live. `on_change(snapshot, events)` hears what it is from now on.
    ///
    /// # Errors
    /// When the id is none.
    pub fn open(&self, live_id: &str, on_change: Function) -> Result<EmbeddedLive, JsError> {
        Ok(EmbeddedLive::open(&self.page.lives(), &LiveId::new(live_id)?, on_change))
    }
}

fn describe(status: Status) -> (&'static str, String) {
    match status {
        Status::Idle => ("idle", String::new()),
        Status::Connecting => ("connecting", String::new()),
        Status::Online => ("online", String::new()),
        Status::Reconnecting { .. } => ("reconnecting", String::new()),
        Status::Offline(reason) => ("offline", reason.to_string()),
    }
}
