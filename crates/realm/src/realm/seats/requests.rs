//! Seat applications and seat invitations. A user has at most one of them open in a live.

use duelcast_protocol::{
    AcceptApplication, AcceptInvitation, ApplyForSeat, CancelApplication, CancelInvitation, ErrorCode, Event,
    InviteToSeat, LiveId, RejectApplication, RejectInvitation, Rejection, SeatApplication, SeatInvitation,
    SeatReply, UserId, UserInfo, limits,
};

use crate::{
    Actor, Realm, Reply,
    deadlines::Due,
    lives::Live,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn apply_for_seat(&mut self, step: &mut Step, by: &Actor, params: &ApplyForSeat) -> Answer {
        let (live_id, user_id) = (&params.live_id, &by.user.user_id);
        let live = self.live(live_id)?;
        self.check_no_request(live, user_id, params.index)?;
        if live.seat_applications.len() >= limits::MAX_SEAT_APPLICATIONS_PER_LIVE {
            return Err(ErrorCode::TooFrequent.into());
        }
        let application = SeatApplication {
            user: by.user.clone(),
            index: params.index,
            created_at: self.now,
            expires_at: self.after(params.timeout_ms),
        };
        self.seating.note_request(user_id, live_id);
        let due = Due::SeatApplication { live_id: live_id.clone(), user_id: user_id.clone() };
        self.deadlines.add(application.expires_at, due);
        self.known_live_mut(live_id).seat_applications.push(application.clone());
        self.tell_managers_and(step, live_id, user_id, Event::OnSeatApplicationReceived { application });
        DONE
    }

    pub(crate) fn cancel_application(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &CancelApplication,
    ) -> Answer {
        let user_id = by.user.user_id.clone();
        self.application(self.live(&params.live_id)?, &user_id)?;
        self.drop_application(step, &params.live_id, &user_id);
        self.tell_managers_and(
            step,
            &params.live_id,
            &by.user.user_id,
            Event::OnSeatApplicationCancelled { user_id },
        );
        DONE
    }

    pub(crate) fn accept_application(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &AcceptApplication,
    ) -> Answer {
        let AcceptApplication { live_id, user_id } = params;
        let live = self.managed_live(live_id, by)?;
        let application = self.application(live, user_id)?;
        let index = self.seat_or_any(live, user_id, application.index)?;
        let user = application.user.clone();
        self.drop_application(step, live_id, user_id);
        let accepted = Event::OnSeatApplicationAccepted { user_id: user_id.clone(), index };
        self.tell_managers_and(step, live_id, user_id, accepted);
        self.put_on_seat(live_id, index, user);
        self.publish_seats(step, live_id, &[index]);
        Ok(Reply::Seat(SeatReply { index }))
    }

    pub(crate) fn reject_application(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &RejectApplication,
    ) -> Answer {
        let RejectApplication { live_id, user_id } = params;
        self.application(self.managed_live(live_id, by)?, user_id)?;
        self.drop_application(step, live_id, user_id);
        let rejected = Event::OnSeatApplicationRejected { user_id: user_id.clone() };
        self.tell_managers_and(step, live_id, user_id, rejected);
        DONE
    }

    pub(crate) fn expire_seat_application(&mut self, step: &mut Step, live_id: &LiveId, user_id: &UserId) {
        self.drop_application(step, live_id, user_id);
        let timeout = Event::OnSeatApplicationTimeout { user_id: user_id.clone() };
        self.tell_managers_and(step, live_id, user_id, timeout);
    }

    pub(crate) fn invite_to_seat(&mut self, step: &mut Step, by: &Actor, params: InviteToSeat) -> Answer {
        let InviteToSeat { live_id, user_id, index, timeout_ms } = params;
        let live = self.managed_live(&live_id, by)?;
        self.check_not_banned(&live_id, &user_id)?;
        self.check_no_request(live, &user_id, index)?;
        if live.seat_invitations.len() >= limits::MAX_SEAT_INVITATIONS_PER_LIVE {
            return Err(ErrorCode::TooFrequent.into());
        }
        let invitation = SeatInvitation {
            user: self.user_info(&user_id),
            inviter: by.user.clone(),
            index,
            created_at: self.now,
            expires_at: self.after(timeout_ms),
        };
        self.seating.note_request(&user_id, &live_id);
        let due = Due::SeatInvitation { live_id: live_id.clone(), user_id: user_id.clone() };
        self.deadlines.add(invitation.expires_at, due);
        self.known_live_mut(&live_id).seat_invitations.push(invitation.clone());
        self.tell_managers_and(step, &live_id, &user_id, Event::OnSeatInvitationReceived { invitation });
        DONE
    }

    pub(crate) fn cancel_invitation(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &CancelInvitation,
    ) -> Answer {
        let CancelInvitation { live_id, user_id } = params;
        self.invitation(self.managed_live(live_id, by)?, user_id)?;
        self.drop_invitation(step, live_id, user_id);
        let cancelled = Event::OnSeatInvitationCancelled { user_id: user_id.clone() };
        self.tell_managers_and(step, live_id, user_id, cancelled);
        DONE
    }

    pub(crate) fn accept_invitation(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &AcceptInvitation,
    ) -> Answer {
        let (live_id, user_id) = (&params.live_id, &by.user.user_id);
        let live = self.live(live_id)?;
        let index = self.invitation(live, user_id)?.index;
        let index = self.seat_or_any(live, user_id, index)?;
        self.drop_invitation(step, live_id, user_id);
        let accepted = Event::OnSeatInvitationAccepted { user_id: user_id.clone(), index };
        self.tell_managers_and(step, live_id, user_id, accepted);
        self.put_on_seat(live_id, index, by.user.clone());
        self.publish_seats(step, live_id, &[index]);
        Ok(Reply::Seat(SeatReply { index }))
    }

    pub(crate) fn reject_invitation(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &RejectInvitation,
    ) -> Answer {
        let user_id = by.user.user_id.clone();
        self.invitation(self.live(&params.live_id)?, &user_id)?;
        self.drop_invitation(step, &params.live_id, &user_id);
        self.tell_managers_and(
            step,
            &params.live_id,
            &by.user.user_id,
            Event::OnSeatInvitationRejected { user_id },
        );
        DONE
    }

    pub(crate) fn expire_seat_invitation(&mut self, step: &mut Step, live_id: &LiveId, user_id: &UserId) {
        self.drop_invitation(step, live_id, user_id);
        let timeout = Event::OnSeatInvitationTimeout { user_id: user_id.clone() };
        self.tell_managers_and(step, live_id, user_id, timeout);
    }

    /// Cancels the application and the invitation of a user in one live.
    pub(crate) fn close_seat_request(&mut self, step: &mut Step, live_id: &LiveId, user_id: &UserId) {
        let is_closed = self.drop_application(step, live_id, user_id);
        if is_closed {
            let cancelled = Event::OnSeatApplicationCancelled { user_id: user_id.clone() };
            self.tell_managers_and(step, live_id, user_id, cancelled);
        }
        let is_closed = self.drop_invitation(step, live_id, user_id);
        if is_closed {
            let cancelled = Event::OnSeatInvitationCancelled { user_id: user_id.clone() };
            self.tell_managers_and(step, live_id, user_id, cancelled);
        }
    }

    /// Cancels all applications and invitations of a live.
    pub(crate) fn close_seat_requests(&mut self, step: &mut Step, live_id: &LiveId) {
        let live = self.known_live(live_id);
        let applicants = live.seat_applications.iter().map(|application| &application.user.user_id);
        let invited = live.seat_invitations.iter().map(|invitation| &invitation.user.user_id);
        let users: Vec<UserId> = applicants.chain(invited).cloned().collect();
        for user_id in users {
            self.close_seat_request(step, live_id, &user_id);
        }
    }

    /// Cancels the applications and invitations of a user in all lives.
    pub(crate) fn close_all_seat_requests_of(&mut self, step: &mut Step, user_id: &UserId) {
        for live_id in self.seating.requested_lives(user_id) {
            self.close_seat_request(step, &live_id, user_id);
        }
    }

    /// Cancels the applications of a user in all lives. Invitations to the user stay open.
    pub(crate) fn cancel_applications_of(&mut self, step: &mut Step, user_id: &UserId) {
        for live_id in self.seating.requested_lives(user_id) {
            if self.drop_application(step, &live_id, user_id) {
                let cancelled = Event::OnSeatApplicationCancelled { user_id: user_id.clone() };
                self.tell_managers_and(step, &live_id, user_id, cancelled);
            }
        }
    }

    fn check_no_request(&self, live: &Live, user_id: &UserId, index: Option<u16>) -> Result<(), Rejection> {
        if let Some(index) = index {
            live.seat(index)?;
        }
        if self.seating.is_seated(user_id) {
            return Err(ErrorCode::AlreadyOnSeat.into());
        }
        let is_open = self.application(live, user_id).is_ok() || self.invitation(live, user_id).is_ok();
        if is_open { Err(ErrorCode::PendingSeatRequest.into()) } else { Ok(()) }
    }

    /// The requested seat or, if it is no longer free, the first free one.
    fn seat_or_any(&self, live: &Live, user_id: &UserId, index: Option<u16>) -> Result<u16, Rejection> {
        self.seat_for(live, user_id, index).or_else(|_| self.seat_for(live, user_id, None))
    }

    fn application<'a>(&self, live: &'a Live, user_id: &UserId) -> Result<&'a SeatApplication, Rejection> {
        let found = live.seat_applications.iter().find(|application| application.user.user_id == *user_id);
        found.ok_or_else(|| ErrorCode::SeatRequestNotExist.into())
    }

    fn invitation<'a>(&self, live: &'a Live, user_id: &UserId) -> Result<&'a SeatInvitation, Rejection> {
        let found = live.seat_invitations.iter().find(|invitation| invitation.user.user_id == *user_id);
        found.ok_or_else(|| ErrorCode::SeatRequestNotExist.into())
    }

    fn drop_application(&mut self, step: &mut Step, live_id: &LiveId, user_id: &UserId) -> bool {
        let applications = &mut self.known_live_mut(live_id).seat_applications;
        let Some(place) = applications.iter().position(|application| application.user.user_id == *user_id)
        else {
            return false;
        };
        let expires_at = applications.remove(place).expires_at;
        let due = Due::SeatApplication { live_id: live_id.clone(), user_id: user_id.clone() };
        self.deadlines.cancel(expires_at, due);
        self.seating.drop_request(user_id, live_id);
        step.may_lack_stake.insert(user_id.clone());
        true
    }

    fn drop_invitation(&mut self, step: &mut Step, live_id: &LiveId, user_id: &UserId) -> bool {
        let invitations = &mut self.known_live_mut(live_id).seat_invitations;
        let Some(place) = invitations.iter().position(|invitation| invitation.user.user_id == *user_id)
        else {
            return false;
        };
        let expires_at = invitations.remove(place).expires_at;
        let due = Due::SeatInvitation { live_id: live_id.clone(), user_id: user_id.clone() };
        self.deadlines.cancel(expires_at, due);
        self.seating.drop_request(user_id, live_id);
        step.may_lack_stake.insert(user_id.clone());
        true
    }

    pub(crate) fn tell_managers_and(
        &self,
        step: &mut Step,
        live_id: &LiveId,
        user_id: &UserId,
        event: Event,
    ) {
        let mut to = self.known_live(live_id).manager_ids();
        if !to.contains(user_id) {
            to.push(user_id.clone());
        }
        self.tell(step, live_id, to, event);
    }

    /// The user as last seen. The name of an unknown user is the id.
    pub(crate) fn user_info(&self, user_id: &UserId) -> UserInfo {
        let known = self.presence.get(user_id).map(|presence| presence.user.clone());
        known.unwrap_or_else(|| UserInfo {
            user_id: user_id.clone(),
            user_name: user_id.to_string(),
            avatar_url: String::new(),
        })
    }
}
