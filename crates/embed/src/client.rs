//! The client: one socket for the page.

use std::rc::Rc;

use duelcast::{
    signaling::Status,
    stores::{Client, ClientConfig},
};
use duelcast_protocol::LiveId;
use js_sys::{Function, Promise};
use leptos::{prelude::Get, reactive::effect::ImmediateEffect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::{error::to_js, live::EmbeddedLive, tokens::FunctionTokens, values::from_json};

/// The client of the page, in place of an earlier one.
#[wasm_bindgen]
pub struct EmbeddedClient {
    client: Client,
    _status: ImmediateEffect,
}

#[wasm_bindgen]
impl EmbeddedClient {
    /// Nobody is signed in. `on_status` hears `idle`, `connecting`, `online`, `reconnecting` or `offline`, and a sentence.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn start(base_url: &str, on_status: Function) -> Self {
        let client = Client::start(ClientConfig::at(base_url));
        #[cfg(feature = "elements")]
        crate::elements::speak_to_the_reader(base_url);
        let status = client.status();
        let effect = ImmediateEffect::new(move || {
            let (name, detail) = describe(status.get());
            drop(on_status.call2(&JsValue::NULL, &name.into(), &detail.into()));
        });
        Self { client, _status: effect }
    }

    /// Signs in with the tokens that `provider(wasRefused)` gives, at once or as a promise.
    #[wasm_bindgen(js_name = signIn)]
    pub fn sign_in(&self, provider: Function) {
        self.client.sign_in_with(Rc::new(FunctionTokens(provider)));
    }

    /// Closes the socket.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        self.client.sign_out();
    }

    /// Closes the socket for good: another client takes the place of this one.
    pub fn end(&self) {
        self.client.end();
    }

    /// Server time in milliseconds since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.client.clock().now()
    }

    /// Calls a method of the protocol: parameters as JSON, the answer as an object.
    pub fn call(&self, method: String, params: String) -> Promise {
        let call = self.client.call_json(method, params);
        future_to_promise(async move {
            call.await.map(|reply| from_json(reply.text())).map_err(|error| to_js(&error))
        })
    }

    /// A handle of a live. `on_change(snapshot, events)` hears what it is from now on.
    ///
    /// # Errors
    /// When the id is none.
    pub fn open(&self, live_id: &str, on_change: Function) -> Result<EmbeddedLive, JsError> {
        Ok(EmbeddedLive::open(&LiveId::new(live_id)?, on_change))
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
