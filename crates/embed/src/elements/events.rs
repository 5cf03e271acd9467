//! A live's events, for the element's listeners.

use duelcast::stores::{BarrageStore, BattleStore, CoHostStore, LiveSeatStore, LiveStore};
use duelcast_protocol::LiveId;
use futures::{
    FutureExt, StreamExt,
    future::{AbortHandle, abortable},
    stream::select,
};
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::values::to_value;

/// Forwards until it is dropped.
pub(super) struct Forwarded(AbortHandle);

impl Forwarded {
    pub(super) fn start(live_id: &LiveId, on_event: Function) -> Self {
        let live = LiveStore::create(live_id);
        let (seats, co_host) =
            (LiveSeatStore::create(live_id).events(), CoHostStore::create(live_id).events());
        let (battle, chat) = (BattleStore::create(live_id).events(), BarrageStore::create(live_id).events());
        let mut events = select(live.events(), select(select(seats, co_host), select(battle, chat)));
        let (forwarding, handle) = abortable(async move {
            let _kept_open = live;
            while let Some(frame) = events.next().await {
                drop(on_event.call1(&JsValue::NULL, &to_value(&frame)));
            }
        });
        spawn_local(forwarding.map(|_| ()));
        Self(handle)
    }
}

impl Drop for Forwarded {
    fn drop(&mut self) {
        self.0.abort();
    }
}
