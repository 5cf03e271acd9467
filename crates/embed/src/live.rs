//! A live: its folded snapshot after every change, and the events that led there.

use duelcast::stores::LiveStore;
use duelcast_protocol::LiveId;
use futures::{
    FutureExt, StreamExt,
    future::{AbortHandle, abortable},
};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};

use crate::{error::to_js, values::to_value};

/// A handle of a live. When the last one is freed, the live is left.
#[wasm_bindgen]
pub struct EmbeddedLive {
    store: LiveStore,
    listening: AbortHandle,
}

impl EmbeddedLive {
    pub(crate) fn open(live_id: &LiveId, on_change: Function) -> Self {
        let store = LiveStore::create(live_id);
        let mut changes = store.changes();
        let (listening, handle) = abortable(async move {
            while let Some(change) = changes.next().await {
                let snapshot = to_value(&*change.snapshot);
                drop(on_change.call2(&JsValue::NULL, &snapshot, &to_value(&*change.events)));
            }
        });
        spawn_local(listening.map(|_| ()));
        Self { store, listening: handle }
    }
}

impl Drop for EmbeddedLive {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

#[wasm_bindgen]
impl EmbeddedLive {
    /// Answers once the first snapshot was told.
    pub fn join(&self) -> Promise {
        let store = self.store.clone();
        future_to_promise(async move { done(store.join().await) })
    }

    pub fn leave(&self) -> Promise {
        let store = self.store.clone();
        future_to_promise(async move { done(store.leave().await) })
    }
}

fn done(outcome: Result<(), duelcast::signaling::CallError>) -> Result<JsValue, JsValue> {
    outcome.map(|()| JsValue::UNDEFINED).map_err(|error| to_js(&error))
}
