//! Our own likes: shown at once, sent in batches.

use duelcast_protocol::SendLike;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::{Room, RoomInner};
use crate::stores::signal::SetIfChanged;

/// Likes within this time are one `sendLike`.
const LIKE_FLUSH_MS: u32 = 300;

impl RoomInner {
    pub(super) fn write_likes(&self) {
        self.state.likes.total.set_if_changed(self.likes.borrow().shown());
    }
}

impl Room {
    pub(crate) fn send_like(&self) {
        let is_first = self.inner.likes.borrow_mut().add();
        self.inner.write_likes();
        if is_first {
            spawn_local(flush_likes(self.clone()));
        }
    }
}

async fn flush_likes(room: Room) {
    loop {
        TimeoutFuture::new(LIKE_FLUSH_MS).await;
        let Some(count) = room.inner.likes.borrow_mut().take_batch() else {
            return;
        };
        let sent = room.command(SendLike { live_id: room.live_id().clone(), count }).await;
        room.inner.likes.borrow_mut().sent(sent.is_ok());
        room.inner.write_likes();
    }
}
