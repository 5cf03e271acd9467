//! A live: its folded snapshot after every change, and the events that led there.

use std::rc::Rc;

use duelcast::lives::{Live, Lives, News, View};
use duelcast_protocol::{LiveId, LiveSnapshot};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};

use crate::{error::to_js, values::to_value};

/// A handle of a live. When the last one is freed, the live is left.
#[wasm_bindgen]
pub struct EmbeddedLive {
    live: Live,
    _listener: Rc<dyn View>,
}

/// The page's function, as long as the handle is kept.
struct Listener(Rc<Function>);

impl View for Listener {
    /// A view must not call back, and a page may: it hears a moment later.
    fn write(&self, snapshot: Option<&LiveSnapshot>, news: &News) {
        let Some(snapshot) = snapshot else { return };
        let (snapshot, events) = (to_value(snapshot), to_value(&news.events));
        let listener = Rc::downgrade(&self.0);
        spawn_local(async move {
            if let Some(listener) = listener.upgrade() {
                drop(listener.call2(&JsValue::NULL, &snapshot, &events));
            }
        });
    }
}

impl EmbeddedLive {
    pub(crate) fn open(lives: &Lives, live_id: &LiveId, on_change: Function) -> Self {
        let live = lives.open(live_id);
        let listener: Rc<dyn View> = Rc::new(Listener(Rc::new(on_change)));
        live.show(&listener);
        Self { live, _listener: listener }
    }
}

#[wasm_bindgen]
impl EmbeddedLive {
    /// Answers once the first snapshot was told.
    pub fn join(&self) -> Promise {
        let live = self.live.clone();
        future_to_promise(async move { done(live.join().await) })
    }

    /// As `join`, for a page that was in the live by another client: `known` is the last snapshot
    /// that the page got from it, as JSON. This client reports the events after that snapshot.
    #[wasm_bindgen(js_name = joinAfter)]
    pub fn join_after(&self, known: String) -> Promise {
        let live = self.live.clone();
        future_to_promise(async move {
            done(match serde_json::from_str(&known) {
                Ok(known) => live.join_after(known).await,
                Err(_) => live.join().await,
            })
        })
    }

    pub fn leave(&self) -> Promise {
        let live = self.live.clone();
        future_to_promise(async move { done(live.leave().await) })
    }
}

fn done(outcome: Result<(), duelcast::signaling::CallError>) -> Result<JsValue, JsValue> {
    outcome.map(|()| JsValue::UNDEFINED).map_err(|error| to_js(&error))
}
