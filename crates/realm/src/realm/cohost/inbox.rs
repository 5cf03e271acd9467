//! Open co-host invitations. Each is stored in the target's inbox with its own deadline; both
//! owners receive its events.

use duelcast_protocol::{CoHostInvitation, Event, LiveId};

use crate::{Realm, deadlines::Due, step::Step};

impl Realm {
    pub(super) fn has_invited(&self, from: &LiveId, to: &LiveId) -> bool {
        self.lives.get(from).is_some_and(|live| live.invitees.contains(to))
    }

    pub(super) fn open_host_invitation(&mut self, step: &mut Step, invitation: CoHostInvitation) {
        let (from, to) = (invitation.from.live_id.clone(), invitation.to.live_id.clone());
        self.deadlines
            .add(invitation.expires_at, Due::CoHostInvitation { from: from.clone(), to: to.clone() });
        self.known_live_mut(&from).invitees.push(to.clone());
        self.known_live_mut(&to).applicants.push(invitation.clone());
        self.tell_owner(step, &from, Event::OnCoHostRequestSent { invitation: invitation.clone() });
        self.tell_owner(step, &to, Event::OnCoHostRequestReceived { invitation });
    }

    /// Removes an invitation and sends `ended` to both owners.
    pub(super) fn close_host_invitation(
        &mut self,
        step: &mut Step,
        from: &LiveId,
        to: &LiveId,
        ended: &Event,
    ) {
        self.known_live_mut(from).invitees.retain(|id| id != to);
        let applicants = &mut self.known_live_mut(to).applicants;
        let Some(place) = applicants.iter().position(|invitation| invitation.from.live_id == *from) else {
            return;
        };
        let expires_at = applicants.remove(place).expires_at;
        self.deadlines.cancel(expires_at, Due::CoHostInvitation { from: from.clone(), to: to.clone() });
        self.tell_owner(step, from, ended.clone());
        self.tell_owner(step, to, ended.clone());
    }

    pub(crate) fn expire_host_invitation(&mut self, step: &mut Step, from: &LiveId, to: &LiveId) {
        let timeout = Event::OnCoHostRequestTimeout { from_live_id: from.clone(), to_live_id: to.clone() };
        self.close_host_invitation(step, from, to, &timeout);
        self.settle_plan(step, from, to, false);
    }

    /// Cancels all invitations that a live has sent.
    pub(crate) fn cancel_host_invitations(&mut self, step: &mut Step, from: &LiveId) {
        for to in self.known_live(from).invitees.clone() {
            self.cancel_host_invitation(step, from, &to);
        }
    }

    /// Cancels all invitations that a live has received.
    pub(crate) fn cancel_received_host_invitations(&mut self, step: &mut Step, to: &LiveId) {
        let applicants = self.known_live(to).applicants.iter();
        let inviters: Vec<LiveId> = applicants.map(|invitation| invitation.from.live_id.clone()).collect();
        for from in inviters {
            self.cancel_host_invitation(step, &from, to);
        }
    }

    /// Cancels invitations between lives that are already connected.
    pub(super) fn cancel_moot_host_invitations(&mut self, step: &mut Step, connected: &[LiveId]) {
        for from in connected {
            for to in self.known_live(from).invitees.clone() {
                if connected.contains(&to) {
                    self.cancel_host_invitation(step, from, &to);
                }
            }
        }
    }

    pub(super) fn cancel_host_invitation(&mut self, step: &mut Step, from: &LiveId, to: &LiveId) {
        let cancelled =
            Event::OnCoHostRequestCancelled { from_live_id: from.clone(), to_live_id: to.clone() };
        self.close_host_invitation(step, from, to, &cancelled);
        self.settle_plan(step, from, to, false);
    }
}
