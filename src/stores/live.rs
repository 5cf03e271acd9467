//! One live: joining, leaving, what it is.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use duelcast_protocol::{
    AudiencePage, BanUser, BannedUser, BannedUserPage, DisableSendMessage, DurationMs, EventFrame,
    FetchAudienceList, FetchBannedUsers, KickUserOutOfRoom, LiveId, UnbanUser, UserId, UserInfo, limits,
};
use leptos::prelude::GetUntracked;
use send_wrapper::SendWrapper;

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

    /// Puts a user out, who may come back. The owner has power over everyone else, admins over the audience.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer; so do the next three.
    pub async fn kick_user_out_of_room(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(KickUserOutOfRoom { live_id: self.live_id().clone(), user_id }).await
    }

    /// Puts a user out for this long, or until [`LiveStore::unban_user`].
    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub async fn ban_user(
        &self,
        user_id: UserId,
        duration_ms: Option<DurationMs>,
    ) -> Result<BannedUser, CallError> {
        self.room.call(BanUser { live_id: self.live_id().clone(), user_id, duration_ms }).await
    }

    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub async fn unban_user(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(UnbanUser { live_id: self.live_id().clone(), user_id }).await
    }

    /// One page of those who are banned, by user id; an empty cursor starts and ends the list.
    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub async fn fetch_banned_users(&self, cursor: String, count: u32) -> Result<BannedUserPage, CallError> {
        self.room.call(FetchBannedUsers { live_id: self.live_id().clone(), cursor, count }).await
    }

    /// Forbids or allows a user to send texts.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer.
    pub async fn disable_send_message(&self, user_id: UserId, is_disable: bool) -> Result<(), CallError> {
        self.room.tell(DisableSendMessage { live_id: self.live_id().clone(), user_id, is_disable }).await
    }

    /// The whole live after every change, for those who bring their own state. See [`EventStream`] for its bound.
    #[must_use]
    pub fn changes(&self) -> EventStream<RoomChange> {
        self.room.changes()
    }

    /// `onLiveEnded`, `onLiveInfoChanged`, `onUserOnline`, `onUserOffline`, `onKickedOutOfLive`,
    /// `onAudienceMessageDisabled`. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Live)
    }
}

/// Who watches.
#[derive(Clone)]
pub struct AudienceStore {
    room: Room,
    pub state: Arc<AudienceState>,
    cursor: SendWrapper<Rc<RefCell<String>>>,
}

impl AudienceStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().audience.clone(), room, cursor: SendWrapper::new(Rc::default()) }
    }

    /// Fetches the first page into `state.users`.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer.
    pub async fn fetch_audience_list(&self) -> Result<(), CallError> {
        self.cursor.borrow_mut().clear();
        self.fetch(Vec::new()).await
    }

    /// Fetches the next page, if there is one.
    ///
    /// # Errors
    /// As for `fetch_audience_list`.
    pub async fn load_more(&self) -> Result<(), CallError> {
        if self.state.has_more.get_untracked() {
            self.fetch(self.state.users.get_untracked()).await
        } else {
            Ok(())
        }
    }

    async fn fetch(&self, mut users: Vec<UserInfo>) -> Result<(), CallError> {
        let (live_id, cursor) = (self.room.live_id().clone(), self.cursor.borrow().clone());
        let query = FetchAudienceList { live_id, cursor, count: limits::MAX_LIST_COUNT };
        let AudiencePage { users: page, cursor } = self.room.call(query).await?;
        users.extend(page);
        self.state.users.set(users);
        self.state.has_more.set(!cursor.is_empty());
        self.cursor.replace(cursor);
        Ok(())
    }
}
