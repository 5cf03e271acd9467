//! Moderation of a live: kicks, bans and mutes. The owner may moderate all other users, admins the
//! audience, and a service all users but the owner.

mod server;

use duelcast_protocol::{
    BannedUser, BannedUserPage, ChatItem, DurationMs, ErrorCode, Event, KickReason, LiveId, Rejection,
    Timestamp, UserId, UserInfo, limits,
};

use crate::{
    Actor, ModerationAction, Realm, Reply,
    lives::Live,
    outcome::{Answer, DONE},
    step::Step,
};

/// The author of a moderation action.
#[derive(Clone, Copy)]
pub(crate) enum Moderator<'a> {
    User(&'a Actor),
    Service,
}

impl Moderator<'_> {
    fn user(self) -> Option<UserInfo> {
        match self {
            Self::User(by) => Some(by.user.clone()),
            Self::Service => None,
        }
    }

    fn check_power(self, live: &Live, over: &UserId) -> Result<(), Rejection> {
        let is_owner = match self {
            Self::User(by) if !live.is_manager(&by.user.user_id) => {
                return Err(ErrorCode::NoPermission.into());
            }
            Self::User(by) => live.is_owner(&by.user.user_id),
            Self::Service => true,
        };
        if live.is_owner(over) {
            return Err(Rejection::new(ErrorCode::NoPermission, "A live is never without its owner."));
        }
        if live.is_manager(over) && !is_owner {
            return Err(Rejection::new(ErrorCode::NoPermission, "Only the owner has power over admins."));
        }
        Ok(())
    }
}

impl Realm {
    pub(crate) fn moderate(
        &mut self,
        step: &mut Step,
        by: Moderator<'_>,
        live_id: &LiveId,
        user_id: &UserId,
        action: ModerationAction,
    ) -> Answer {
        by.check_power(self.live(live_id)?, user_id)?;
        match action {
            ModerationAction::Kick => {
                self.remove_from_live(step, by, live_id, user_id, KickReason::Kicked, None);
                DONE
            }
            ModerationAction::Ban { duration_ms } => self.ban(step, by, live_id, user_id, duration_ms),
            ModerationAction::Unban => {
                self.known_live_mut(live_id).bans.lift(user_id);
                DONE
            }
            ModerationAction::Mute => self.disable_messages(step, live_id, user_id, true),
            ModerationAction::Unmute => self.disable_messages(step, live_id, user_id, false),
        }
    }

    fn ban(
        &mut self,
        step: &mut Step,
        by: Moderator<'_>,
        live_id: &LiveId,
        user_id: &UserId,
        duration_ms: Option<DurationMs>,
    ) -> Answer {
        let banned_until = duration_ms.map(|span| self.after(span));
        let user = self.known_user(self.live(live_id)?, user_id);
        let ban = BannedUser { user, banned_at: self.now, banned_until, operator: by.user() };
        let now = self.now;
        self.known_live_mut(live_id).bans.put(ban.clone(), now, limits::MAX_BANS_PER_LIVE)?;
        self.take_adminship(step, live_id, user_id);
        self.remove_from_live(step, by, live_id, user_id, KickReason::Banned, banned_until);
        Ok(Reply::Banned(ban))
    }

    fn take_adminship(&mut self, step: &mut Step, live_id: &LiveId, user_id: &UserId) {
        let mut info = self.known_live(live_id).info.clone();
        info.admin_user_ids.retain(|admin| admin != user_id);
        self.change_live_info(step, info);
    }

    /// Removes a user from the live: cancels the seat requests, frees the seat, and tells the user.
    fn remove_from_live(
        &mut self,
        step: &mut Step,
        by: Moderator<'_>,
        live_id: &LiveId,
        user_id: &UserId,
        reason: KickReason,
        banned_until: Option<Timestamp>,
    ) {
        self.close_seat_request(step, live_id, user_id);
        if let Some(index) = self.known_live(live_id).seat_index_of(user_id) {
            self.free_seat(step, live_id, index);
            self.publish_seats(step, live_id, &[index]);
        }
        let kicked = Event::OnKickedOutOfLive { reason, operator: by.user(), banned_until };
        self.tell(step, live_id, vec![user_id.clone()], kicked);
    }

    fn disable_messages(
        &mut self,
        step: &mut Step,
        live_id: &LiveId,
        user_id: &UserId,
        is_muted: bool,
    ) -> Answer {
        let muted = &mut self.known_live_mut(live_id).muted;
        if muted.contains(user_id) == is_muted {
            return DONE;
        }
        if !is_muted {
            muted.remove(user_id);
        } else if muted.len() < limits::MAX_MUTED_PER_LIVE {
            muted.insert(user_id.clone());
        } else {
            return Err(ErrorCode::ListFull.into());
        }
        let disabled = Event::OnAudienceMessageDisabled { user_id: user_id.clone(), is_disable: is_muted };
        self.tell_managers_and(step, live_id, user_id, disabled);
        DONE
    }

    /// The user as last seen in the chat or in a session.
    fn known_user(&self, live: &Live, user_id: &UserId) -> UserInfo {
        let sender = |item: &ChatItem| match item {
            ChatItem::Text(text) => text.sender.clone(),
            ChatItem::Gift(gift) => gift.sender.clone(),
        };
        let in_chat = live.messages.iter().rev().map(sender).find(|sender| sender.user_id == *user_id);
        in_chat.unwrap_or_else(|| self.user_info(user_id))
    }

    /// Error `userBanned` if the user is banned from this live or from the server.
    pub(crate) fn check_not_banned(&self, live_id: &LiveId, user_id: &UserId) -> Result<(), Rejection> {
        if self.is_banned_from(live_id, user_id, self.now) {
            return Err(Rejection::new(ErrorCode::UserBanned, "This user is banned from this live."));
        }
        self.check_not_banned_from_server(user_id)
    }

    /// Whether a user is banned from a live at this time. Bans from the server are not considered.
    #[must_use]
    pub fn is_banned_from(&self, live: &LiveId, user: &UserId, at: Timestamp) -> bool {
        self.lives.get(live).is_some_and(|live| live.bans.hold(user, at))
    }

    /// One page of the users who are banned from a live, by user id. A viewer must be the owner or
    /// an admin; services pass `None`.
    ///
    /// # Errors
    /// `roomNotExist`, `noPermission`, or `invalidParams` if the cursor or the count is invalid.
    pub fn banned_users(
        &self,
        live: &LiveId,
        viewer: Option<&UserId>,
        (cursor, count): (&str, u32),
        at: Timestamp,
    ) -> Result<BannedUserPage, Rejection> {
        let live = self.live(live)?;
        if viewer.is_some_and(|viewer| !live.is_manager(viewer)) {
            return Err(ErrorCode::NoPermission.into());
        }
        live.bans.page(cursor, count, at)
    }

    /// Ids of the users who may not send texts in a live, in order.
    ///
    /// # Errors
    /// `roomNotExist`.
    pub fn muted_users(&self, live: &LiveId) -> Result<Vec<UserId>, Rejection> {
        Ok(self.live(live)?.muted.iter().cloned().collect())
    }
}
