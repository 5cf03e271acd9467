//! One live: joining, leaving, what it is.

use std::sync::Arc;

use duelcast_protocol::{EventFrame, LiveId};

use super::{
    client::Client,
    events::EventStream,
    room::{Room, RoomChange},
    state::{AudienceState, LiveState},
    topic::Topic,
};
use crate::signaling::CallError;

/// Joining and leaving a live. Handles of one live share their state; when the last handle of any store of that live is
/// gone, the live is left.
#[derive(Clone)]
pub struct LiveStore {
    room: Room,
    pub state: Arc<LiveState>,
}

impl LiveStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        Self::of(Client::current().room(live_id))
    }

    pub(crate) fn of(room: Room) -> Self {
        Self { state: room.state().live.clone(), room }
    }

    #[must_use]
    pub fn live_id(&self) -> &LiveId {
        self.room.live_id()
    }

    /// Receives the live's state and events from now on, also after the socket was lost. Answers once the first snapshot is
    /// there. Joining twice does no harm.
    ///
    /// # Errors
    /// What the server refused with, or [`CallError::TimedOut`]; after a retryable one the store goes on trying.
    pub async fn join(&self) -> Result<(), CallError> {
        self.room.join().await
    }

    /// Stops receiving. A seat is kept until `leave_seat`.
    ///
    /// # Errors
    /// When the server could not be told.
    pub async fn leave(&self) -> Result<(), CallError> {
        self.room.leave().await
    }

    /// The whole live after every change, for those who bring their own state. See [`EventStream`] for its bound.
    #[must_use]
    pub fn changes(&self) -> EventStream<RoomChange> {
        self.room.changes()
    }

    /// `onLiveEnded`, `onLiveInfoChanged`, `onUserOnline`, `onUserOffline`. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Live)
    }
}

/// How many watch.
#[derive(Clone)]
pub struct AudienceStore {
    _room: Room,
    pub state: Arc<AudienceState>,
}

impl AudienceStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().audience.clone(), _room: room }
    }
}
