//! One live: joining, leaving, moderation, and its audience.

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

/// Membership and moderation of a live. Handles of one live share their state; when the last handle
/// of any store of the live is dropped, the live is left.
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

    /// Joins the live: its state and events are received from now on, also after a reconnect.
    /// Resolves with the first snapshot. Joining twice is allowed.
    ///
    /// # Errors
    /// The server's refusal, or [`CallError::TimedOut`]. After a retryable error the store keeps
    /// trying.
    pub fn join(&self) -> Call<()> {
        self.room.join()
    }

    /// Leaves the live. A seat stays taken until `leave_seat`.
    ///
    /// # Errors
    /// If the server did not confirm.
    pub fn leave(&self) -> Call<()> {
        self.room.leave()
    }

    /// Removes a user from the live, who may join again. Owners may remove all others, admins only
    /// the audience.
    ///
    /// # Errors
    /// The server's refusal, or a transport error. The next three methods fail likewise.
    pub fn kick_user_out_of_room(&self, user_id: UserId) -> Call<()> {
        self.room.command(KickUserOutOfRoom { live_id: self.live_id().clone(), user_id })
    }

    /// Bans a user for this duration, or until [`LiveStore::unban_user`].
    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub fn ban_user(&self, user_id: UserId, duration_ms: Option<DurationMs>) -> Call<BannedUser> {
        self.room.call(BanUser { live_id: self.live_id().clone(), user_id, duration_ms })
    }

    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub fn unban_user(&self, user_id: UserId) -> Call<()> {
        self.room.command(UnbanUser { live_id: self.live_id().clone(), user_id })
    }

    /// Fetches one page of banned users, by user id. An empty cursor starts the list and marks its
    /// end.
    #[allow(clippy::missing_errors_doc, reason = "said above")]
    pub fn fetch_banned_users(&self, cursor: String, count: u32) -> Call<BannedUserPage> {
        self.room.call(FetchBannedUsers { live_id: self.live_id().clone(), cursor, count })
    }

    /// Forbids or allows a user to send texts.
    ///
    /// # Errors
    /// The server's refusal, or a transport error.
    pub fn disable_send_message(&self, user_id: UserId, is_disable: bool) -> Call<()> {
        self.room.command(DisableSendMessage { live_id: self.live_id().clone(), user_id, is_disable })
    }

    /// `onLiveEnded`, `onLiveInfoChanged`, `onUserOnline`, `onUserOffline`, `onKickedOutOfLive`,
    /// `onAudienceMessageDisabled`. See [`EventStream`] for the queue bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Live)
    }
}

/// The audience of a live.
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
    /// The server's refusal, or a transport error.
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
