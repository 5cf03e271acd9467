//! Presence of users with a stake, and their grace periods.

use duelcast_protocol::{
    BattleExitReason, CoHostLeaveReason, Event, LiveId, NodeId, SessionId, UserId, UserInfo,
};

use crate::{
    Actor, Realm,
    deadlines::Due,
    presence::{LostSeat, Presence},
    step::Step,
};

impl Realm {
    /// Whether a user has a stake: owns a live, holds a seat, or has an open application or
    /// invitation. The realm tracks the presence of such users only.
    #[must_use]
    pub fn has_stake(&self, user: &UserId) -> bool {
        self.lives.owned_by(user).is_some() || self.seating.has_stake(user)
    }

    pub(crate) fn is_online(&self, user_id: &UserId) -> bool {
        self.presence.get(user_id).is_some_and(|presence| presence.is_online())
    }

    /// Marks the author of a command as online, unless the command's session is known to be closed.
    pub(crate) fn mark_online(&mut self, step: &mut Step, by: &Actor) {
        let user_id = &by.user.user_id;
        step.may_lack_stake.insert(user_id.clone());
        let is_late = self
            .presence
            .get(user_id)
            .is_some_and(|presence| presence.offline_since.is_some() && presence.session == by.session);
        if is_late {
            self.start_grace(user_id);
        } else {
            self.set_online(step, by.user.clone(), by.session.clone(), by.node.clone());
        }
    }

    pub(crate) fn open_session(&mut self, step: &mut Step, user: UserInfo, session: SessionId, node: NodeId) {
        if self.has_stake(&user.user_id) {
            self.set_online(step, user, session, node);
        }
    }

    fn set_online(&mut self, step: &mut Step, user: UserInfo, session: SessionId, node: NodeId) {
        let user_id = user.user_id.clone();
        self.cancel_grace(&user_id);
        let new = Presence { user, session, node, offline_since: None, lost_seat: None };
        let Some(old) = self.presence.insert(user_id.clone(), new) else {
            return;
        };
        if old.offline_since.is_some() {
            self.publish_presence(step, &user_id, true);
        }
        if let Some(lost) = old.lost_seat {
            self.give_seat_back(step, &user_id, lost);
        }
    }

    /// Puts an owner who was away for longer than the grace on the seat of before, or another one
    /// that is free.
    fn give_seat_back(&mut self, step: &mut Step, user_id: &UserId, lost: LostSeat) {
        let Some(live_id) = self.lives.owned_by(user_id).cloned() else {
            return;
        };
        let live = self.known_live(&live_id);
        let index = self.seat_for(live, user_id, Some(lost.index));
        let Ok(index) = index.or_else(|_| self.seat_for(live, user_id, None)) else {
            return;
        };
        let user = self.user_info(user_id);
        self.close_seat_request(step, &live_id, user_id);
        self.put_on_seat(&live_id, index, user);
        let seat = &mut self.known_live_mut(&live_id).seats[usize::from(index)];
        if let Some(user) = &mut seat.user {
            user.is_microphone_open = lost.is_microphone_open;
        }
        self.publish_seats(step, &live_id, &[index]);
    }

    fn note_lost_seat(&mut self, live_id: &LiveId, index: u16, user_id: &UserId) {
        let Some(live) = self.lives.get(live_id).filter(|live| live.is_owner(user_id)) else {
            return;
        };
        let seat_user = live.seats[usize::from(index)].user.as_ref();
        let is_microphone_open = seat_user.is_some_and(|user| user.is_microphone_open);
        if let Some(presence) = self.presence.get_mut(user_id) {
            presence.lost_seat = Some(LostSeat { index, is_microphone_open });
        }
    }

    pub(crate) fn close_session(&mut self, step: &mut Step, user_id: &UserId, session: &SessionId) {
        let is_current = self
            .presence
            .get(user_id)
            .is_some_and(|presence| presence.session == *session && presence.is_online());
        if is_current {
            self.set_offline(step, user_id);
        }
    }

    pub(crate) fn restart_node(&mut self, step: &mut Step, node: &NodeId) {
        let was_here = |presence: &Presence| presence.node == *node && presence.is_online();
        let missing = self.presence.iter().filter(|(_, presence)| was_here(presence));
        let missing: Vec<UserId> = missing.map(|(user_id, _)| user_id.clone()).collect();
        for user_id in missing {
            self.set_offline(step, &user_id);
        }
    }

    fn set_offline(&mut self, step: &mut Step, user_id: &UserId) {
        self.start_grace(user_id);
        self.publish_presence(step, user_id, false);
    }

    /// Starts or restarts the grace periods of an offline user.
    pub(crate) fn start_grace(&mut self, user_id: &UserId) {
        self.cancel_grace(user_id);
        let now = self.now;
        let Some(presence) = self.presence.get_mut(user_id) else {
            return;
        };
        presence.offline_since = Some(now);
        self.deadlines.add(self.after(self.config.grace_ms), Due::Grace { user_id: user_id.clone() });
        if let Some(live_id) = self.lives.owned_by(user_id) {
            let live_id = live_id.clone();
            self.deadlines.add(self.after(self.config.owner_gone_ms), Due::OwnerGone { live_id });
        }
    }

    fn cancel_grace(&mut self, user_id: &UserId) {
        let Some(since) = self.presence.get(user_id).and_then(|presence| presence.offline_since) else {
            return;
        };
        let grace_ends_at = since.saturating_add(self.config.grace_ms);
        self.deadlines.cancel(grace_ends_at, Due::Grace { user_id: user_id.clone() });
        if let Some(live_id) = self.lives.owned_by(user_id).cloned() {
            self.cancel_owner_grace(&live_id);
        }
    }

    pub(crate) fn cancel_owner_grace(&mut self, live_id: &LiveId) {
        let owner = &self.known_live(live_id).info.owner.user_id;
        let Some(since) = self.presence.get(owner).and_then(|presence| presence.offline_since) else {
            return;
        };
        let gone_at = since.saturating_add(self.config.owner_gone_ms);
        self.deadlines.cancel(gone_at, Due::OwnerGone { live_id: live_id.clone() });
    }

    fn publish_presence(&mut self, step: &mut Step, user_id: &UserId, is_online: bool) {
        let mut hearing: Vec<LiveId> = Vec::new();
        if let Some(live_id) = self.lives.owned_by(user_id).cloned() {
            self.known_live_mut(&live_id).info.is_owner_online = is_online;
            hearing = self.lives_hearing(&live_id);
        }
        if let Some((live_id, index)) = self.seating.place_of(user_id) {
            let seat = &mut self.known_live_mut(&live_id).seats[usize::from(index)];
            if let Some(user) = &mut seat.user {
                user.is_online = is_online;
            }
            let more = self.lives_hearing(&live_id);
            hearing.extend(more.into_iter().filter(|id| !hearing.contains(id)).collect::<Vec<_>>());
        }
        for live_id in hearing {
            let user_id = user_id.clone();
            let event =
                if is_online { Event::OnUserOnline { user_id } } else { Event::OnUserOffline { user_id } };
            self.publish(step, &live_id, event);
        }
    }

    /// The grace period of an offline user is over.
    pub(crate) fn expire_grace(&mut self, step: &mut Step, user_id: &UserId) {
        self.cancel_applications_of(step, user_id);
        if let Some((live_id, index)) = self.seating.place_of(user_id) {
            self.note_lost_seat(&live_id, index, user_id);
            self.free_seat(step, &live_id, index);
            self.publish_seats(step, &live_id, &[index]);
        }
        if let Some(live_id) = self.lives.owned_by(user_id).cloned() {
            self.leave_battle(step, &live_id, BattleExitReason::Disconnected);
            self.leave_connection(step, &live_id, CoHostLeaveReason::Disconnected);
            self.cancel_host_invitations(step, &live_id);
        }
    }

    /// Drops the presence of users who have lost their last stake.
    pub(crate) fn drop_presence_without_stake(&mut self, step: &mut Step) {
        for user_id in std::mem::take(&mut step.may_lack_stake) {
            if !self.has_stake(&user_id) {
                self.cancel_grace(&user_id);
                self.presence.remove(&user_id);
            }
        }
    }
}
