//! One live: joining, leaving, what it is.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use duelcast_protocol::{
    AudiencePage, BanUser, BannedUser, BannedUserPage, DisableSendMessage, DurationMs, EventFrame,
    FetchAudienceList, FetchBannedUsers, KickUserOutOfRoom, LiveId, UnbanUser, UserId, UserInfo, limits,
};
use futures::future::ready;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::{
    client::Client,
    events::EventStream,
    room::Room,
    state::{AudienceState, LiveState},
    topic::Topic,
};
use crate::signaling::Call;
use crate::stores::signal::SetIfChanged;

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
    pub fn join(&self) -> Call<()> {
        self.room.join()
    }

    /// Stops receiving. A seat is kept until `leave_seat`.
    ///
    /// # Errors
    /// When the server could not be told.
    pub fn leave(&self) -> Call<()> {
        self.room.leave()
    }

    /// Puts a user out, who may come back. The owner has power over everyone else, admins over the audience.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer; so do the next three.
    pub fn kick_user_out_of_room(&self, user_id: UserId) -> Call<()> {
        self.room.tell(KickUserOutOfRoom { live_id: self.live_id().clone(), user_id })
    }

    /// Puts a user out for this long, or until [`LiveStore::unban_user`].
    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub fn ban_user(&self, user_id: UserId, duration_ms: Option<DurationMs>) -> Call<BannedUser> {
        self.room.call(BanUser { live_id: self.live_id().clone(), user_id, duration_ms })
    }

    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub fn unban_user(&self, user_id: UserId) -> Call<()> {
        self.room.tell(UnbanUser { live_id: self.live_id().clone(), user_id })
    }

    /// One page of those who are banned, by user id; an empty cursor starts and ends the list.
    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub fn fetch_banned_users(&self, cursor: String, count: u32) -> Call<BannedUserPage> {
        self.room.call(FetchBannedUsers { live_id: self.live_id().clone(), cursor, count })
    }

    /// Forbids or allows a user to send texts.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer.
    pub fn disable_send_message(&self, user_id: UserId, is_disable: bool) -> Call<()> {
        self.room.tell(DisableSendMessage { live_id: self.live_id().clone(), user_id, is_disable })
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
    pub fn fetch_audience_list(&self) -> Call<()> {
        self.cursor.borrow_mut().clear();
        self.fetch(Vec::new())
    }

    /// Fetches the next page, if there is one.
    ///
    /// # Errors
    /// As for `fetch_audience_list`.
    pub fn load_more(&self) -> Call<()> {
        if self.state.has_more.get_untracked() {
            self.fetch(self.state.users.get_untracked())
        } else {
            Box::pin(ready(Ok(())))
        }
    }

    fn fetch(&self, users: Vec<UserInfo>) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            let mut users = users;
            let (live_id, cursor) = (store.room.live_id().clone(), store.cursor.borrow().clone());
            let query = FetchAudienceList { live_id, cursor, count: limits::MAX_LIST_COUNT };
            let AudiencePage { users: page, cursor } = store.room.call(query).await?;
            users.extend(page);
            store.state.users.set_if_changed(users);
            store.state.has_more.set_if_changed(!cursor.is_empty());
            store.cursor.replace(cursor);
            Ok(())
        })
    }
}
