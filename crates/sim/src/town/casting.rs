//! Choice of actors. Random actors rarely have anything to answer, so most moves get actors whom
//! they fit.

use duelcast_protocol::{BattleId, BattlePhase, BattleRequest, LiveId, PrivateState, UserId};

use super::Town;
use crate::{Move, moves::Deed};

impl Town {
    /// The move with actors whom it fits, if there are any. One move in eight keeps its random
    /// actors.
    pub(super) fn cast(&self, step: &Move) -> Move {
        let mut step = step.clone();
        if step.detail % 8 == 5 {
            return step;
        }
        let who = (0..self.users.len())
            .map(|offset| step.who.wrapping_add(offset))
            .find(|who| self.fits(*who, &step));
        step.who = who.unwrap_or(step.who);
        let connected = |whom: &usize| self.are_connected(step.who, *whom);
        if matches!(step.deed, Deed::RequestBattle | Deed::MuteHost | Deed::ServiceStartBattle) {
            let whom = (1..self.users.len()).map(|offset| step.who.wrapping_add(offset)).find(connected);
            step.whom = whom.unwrap_or(step.whom);
        }
        if step.deed == Deed::InviteToSeat {
            let is_standing = |whom: &usize| self.realm().seat_of(&self.user(*whom)).is_none();
            let whom = (0..self.users.len()).map(|offset| step.whom.wrapping_add(offset)).find(is_standing);
            step.whom = whom.unwrap_or(step.whom);
        }
        step
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "every other deed fits anyone")]
    fn fits(&self, who: usize, step: &Move) -> bool {
        let private = self.private(who);
        match step.deed {
            Deed::AcceptHost | Deed::RejectHost => !private.applicants.is_empty(),
            Deed::CancelHost => !private.invitees.is_empty(),
            Deed::AcceptBattle | Deed::RejectBattle => !private.battle_requests_received.is_empty(),
            Deed::CancelBattle => private.battle_request_sent.is_some(),
            Deed::AcceptApplication | Deed::RejectApplication => !private.seat_applications.is_empty(),
            Deed::CancelInvitation => !private.seat_invitations.is_empty(),
            Deed::AcceptInvitation | Deed::RejectInvitation => self.inviting_live(who).is_some(),
            Deed::CancelApplication => self.applied_live(who).is_some(),
            Deed::RequestBattle | Deed::ServiceStartBattle | Deed::ExitHost | Deed::MuteHost => {
                (0..self.users.len()).any(|whom| self.are_connected(who, whom))
            }
            Deed::ExitBattle | Deed::Score => self.phase_of(who) == Some(BattlePhase::Running),
            Deed::EndPenalty => self.phase_of(who) == Some(BattlePhase::Penalty),
            Deed::ApplyForSeat | Deed::TakeSeat => self.realm().seat_of(&self.user(who)).is_none(),
            Deed::LeaveSeat | Deed::Mute | Deed::Unmute => self.realm().seat_of(&self.user(who)).is_some(),
            _ => true,
        }
    }

    fn private(&self, who: usize) -> PrivateState {
        self.realm().private_state(&self.live(who), &self.user(who))
    }

    fn are_connected(&self, who: usize, whom: usize) -> bool {
        let (own, other) = (self.live(who), self.live(whom));
        own != other && self.realm().lives_hearing(&own).contains(&other)
    }

    fn phase_of(&self, who: usize) -> Option<BattlePhase> {
        Some(self.realm().live_snapshot(&self.live(who), None)?.battle?.phase)
    }

    /// A live in which the user has an open invitation.
    pub(super) fn inviting_live(&self, who: usize) -> Option<LiveId> {
        let is_invited = |live_id: &&LiveId| {
            let invitations = self.realm().private_state(live_id, &self.user(who)).seat_invitations;
            invitations.iter().any(|invitation| invitation.user.user_id == self.user(who))
        };
        self.lives.iter().find(is_invited).cloned()
    }

    /// A live in which the user has an open application.
    pub(super) fn applied_live(&self, who: usize) -> Option<LiveId> {
        let has_applied = |live_id: &&LiveId| {
            let applications = self.realm().private_state(live_id, &self.user(who)).seat_applications;
            applications.iter().any(|application| application.user.user_id == self.user(who))
        };
        self.lives.iter().find(has_applied).cloned()
    }

    /// The live in which the user sits, or else the user's own.
    pub(super) fn seat_live(&self, who: usize) -> LiveId {
        let seat = self.realm().seat_of(&self.user(who));
        seat.map_or_else(|| self.live(who), |seat| seat.live_id.clone())
    }

    /// A live that the user owns or administers; mostly the user's own.
    pub(super) fn managed_live(&self, who: usize, detail: u16) -> LiveId {
        let is_admin = |live_id: &&LiveId| {
            let live = self.realm().live_card(live_id);
            live.is_some_and(|card| card.live.admin_user_ids.contains(&self.user(who)))
        };
        let of_another = self.lives.iter().find(is_admin).filter(|_| detail.is_multiple_of(3));
        of_another.cloned().unwrap_or_else(|| self.live(who))
    }

    pub(super) fn applicant(&self, who: usize, otherwise: UserId) -> UserId {
        let first =
            self.private(who).seat_applications.first().map(|application| application.user.user_id.clone());
        first.unwrap_or(otherwise)
    }

    pub(super) fn invited(&self, who: usize, otherwise: UserId) -> UserId {
        let first =
            self.private(who).seat_invitations.first().map(|invitation| invitation.user.user_id.clone());
        first.unwrap_or(otherwise)
    }

    pub(super) fn host_applicant(&self, who: usize, otherwise: LiveId) -> LiveId {
        let first = self.private(who).applicants.first().map(|invitation| invitation.from.live_id.clone());
        first.unwrap_or(otherwise)
    }

    pub(super) fn host_invitee(&self, who: usize, otherwise: LiveId) -> LiveId {
        let first = self.private(who).invitees.first().map(|invitation| invitation.to.live_id.clone());
        first.unwrap_or(otherwise)
    }

    /// A battle of the user or a request that the user has sent or received; else a recent one.
    pub(super) fn battle(&self, who: usize, detail: u16) -> BattleId {
        let private = self.private(who);
        let requests = private.battle_requests_received.iter().chain(&private.battle_request_sent);
        let id = |request: &BattleRequest| request.battle_id.clone();
        let shown = self.realm().live_snapshot(&self.live(who), None).and_then(|snapshot| snapshot.battle);
        let own = requests.map(id).next().or(shown.map(|battle| battle.battle_id));
        let recent = self.battles.iter().rev().nth(usize::from(detail % 3)).cloned();
        let chosen = if detail % 8 == 5 { recent.or(own) } else { own.or(recent) };
        chosen.unwrap_or_else(|| BattleId::new("none").expect("short ascii"))
    }
}
