//! Bans from the server. Only services may set them.

use duelcast_protocol::{
    BannedUser, BannedUserPage, DurationMs, ErrorCode, LiveEndReason, Rejection, Timestamp, UserId, limits,
};

use crate::{Effect, Realm, Reply, outcome::Answer, step::Step};

impl Realm {
    /// Bans a user: ends the user's live, frees the seat, cancels open seat requests, and closes
    /// the sockets.
    pub(crate) fn ban_from_server(
        &mut self,
        step: &mut Step,
        user_id: &UserId,
        duration_ms: Option<DurationMs>,
    ) -> Answer {
        let banned_until = duration_ms.map(|span| self.after(span));
        let user = self.user_info(user_id);
        let ban = BannedUser { user, banned_at: self.now, banned_until, operator: None };
        self.bans.put(ban.clone(), self.now, limits::MAX_BANS_OF_SERVER)?;
        if let Some(live_id) = self.lives.owned_by(user_id).cloned() {
            self.end_live(step, &live_id, LiveEndReason::EndedByService);
        }
        if let Some((live_id, index)) = self.seating.place_of(user_id) {
            self.free_seat(step, &live_id, index);
            self.publish_seats(step, &live_id, &[index]);
        }
        self.close_all_seat_requests_of(step, user_id);
        step.effects.push(Effect::BannedFromServer { user_id: user_id.clone() });
        Ok(Reply::Banned(ban))
    }

    pub(crate) fn check_not_banned_from_server(&self, user_id: &UserId) -> Result<(), Rejection> {
        if self.is_banned(user_id, self.now) {
            return Err(Rejection::new(ErrorCode::UserBanned, "This user is banned from this server."));
        }
        Ok(())
    }

    /// Whether a user is banned from the server at this time.
    #[must_use]
    pub fn is_banned(&self, user: &UserId, at: Timestamp) -> bool {
        self.bans.hold(user, at)
    }

    /// One page of the users who are banned from the server, by user id.
    ///
    /// # Errors
    /// `invalidParams` if the cursor or the count is invalid.
    pub fn banned_from_server(
        &self,
        cursor: &str,
        count: u32,
        at: Timestamp,
    ) -> Result<BannedUserPage, Rejection> {
        self.bans.page(cursor, count, at)
    }
}
