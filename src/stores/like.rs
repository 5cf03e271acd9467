//! Likes: shown at once, sent in batches.

use std::sync::Arc;

use duelcast_protocol::LiveId;

use super::{client::Client, room::Room, state::LikeState};

/// The likes of a live.
#[derive(Clone)]
pub struct LikeStore {
    room: Room,
    pub state: Arc<LikeState>,
}

impl LikeStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().likes.clone(), room }
    }

    /// Sends a like. It counts at once; likes within 300 ms are sent as one request. A refused like
    /// is subtracted from the total.
    pub fn send_like(&self) {
        self.room.send_like();
    }
}
