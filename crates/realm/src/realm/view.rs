//! Read access: snapshots and look-ups. Nothing here changes the state.

mod list;
mod status;

use duelcast_protocol::{
    BattleId, BattleInfo, BattleRequest, BattleScore, CoHostInvitation, CoHostState, CoHostStatus, LiveId,
    LiveSnapshot, PrivateState, SeatInfo, SideContributors, UserId,
};

pub use list::ListFilter;

use crate::{Realm, battle::Battle, lives::Live};

impl Realm {
    /// A number that distinguishes a live from an earlier one with the same id.
    #[must_use]
    pub fn live_number(&self, live: &LiveId) -> Option<u64> {
        self.lives.get(live).map(|live| live.number)
    }

    /// The state of a live as this viewer may see it; `None` if there is no such live. The server
    /// fills in `viewer_count`, `likes`, `rev` and `epoch`.
    #[must_use]
    pub fn live_snapshot(&self, live: &LiveId, viewer: Option<&UserId>) -> Option<LiveSnapshot> {
        let shown = self.lives.get(live)?;
        let seats = self.lives_hearing(live).into_iter().flat_map(|id| self.known_live(&id).seats.clone());
        Some(LiveSnapshot {
            live: shown.info.clone(),
            seats: seats.collect(),
            co_host: self.co_host_state(shown),
            battle: self.shown_battle(live).and_then(|battle| battle.seen_from(live)),
            recent_messages: shown.messages.clone(),
            private: viewer.map(|viewer| self.private_state(live, viewer)).unwrap_or_default(),
            viewer_count: 0,
            likes: 0,
            seq: shown.seq,
            rev: 0,
            server_time: self.now,
            epoch: String::new(),
        })
    }

    fn co_host_state(&self, live: &Live) -> CoHostState {
        let Some((id, connection)) = self.connection_of(&live.info.live_id) else {
            return CoHostState::default();
        };
        CoHostState {
            status: CoHostStatus::Connected,
            connection_id: Some(id.clone()),
            layout_template: connection.layout_template,
            connected: self.connected_lives(connection),
            muted_live_ids: live.muted_live_ids.clone(),
        }
    }

    /// The private part of a live's state for this viewer; empty if there is no such live.
    #[must_use]
    pub fn private_state(&self, live: &LiveId, viewer: &UserId) -> PrivateState {
        let Some(live) = self.lives.get(live) else {
            return PrivateState::default();
        };
        let sees = |user: &UserId| live.is_manager(viewer) || user == viewer;
        let applications =
            live.seat_applications.iter().filter(|application| sees(&application.user.user_id));
        let invitations = live.seat_invitations.iter().filter(|invitation| sees(&invitation.user.user_id));
        let mut private = PrivateState {
            seat_applications: applications.cloned().collect(),
            seat_invitations: invitations.cloned().collect(),
            message_disabled_user_ids: live.muted.iter().filter(|user| sees(user)).cloned().collect(),
            ..PrivateState::default()
        };
        if live.is_owner(viewer) {
            private.invitees =
                live.invitees.iter().filter_map(|to| self.invitation_between(live, to)).collect();
            private.applicants.clone_from(&live.applicants);
            private.battle_request_sent =
                live.battle_request_sent.as_ref().and_then(|id| self.battle_request(id)).cloned();
            let received = live.battle_requests_received.iter().filter_map(|id| self.battle_request(id));
            private.battle_requests_received = received.cloned().collect();
        }
        private
    }

    fn invitation_between(&self, from: &Live, to: &LiveId) -> Option<CoHostInvitation> {
        let applicants = &self.lives.get(to)?.applicants;
        applicants.iter().find(|invitation| invitation.from.live_id == from.info.live_id).cloned()
    }

    #[must_use]
    pub fn battle(&self, id: &BattleId) -> Option<&BattleInfo> {
        self.battles.get(id).map(|battle| &battle.info)
    }

    #[must_use]
    pub fn battle_request(&self, id: &BattleId) -> Option<&BattleRequest> {
        self.battle_requests.get(id)
    }

    #[must_use]
    pub fn battle_score(&self, id: &BattleId) -> Option<BattleScore> {
        self.battles.get(id).map(Battle::score)
    }

    /// The top contributors of each side so far.
    #[must_use]
    pub fn battle_contributors(&self, id: &BattleId) -> Option<Vec<SideContributors>> {
        self.battles.get(id).map(|battle| battle.info.contributors.clone())
    }

    /// The seat of a user, in any live.
    #[must_use]
    pub fn seat_of(&self, user: &UserId) -> Option<&SeatInfo> {
        let (live_id, index) = self.seating.place_of(user)?;
        self.lives.get(&live_id)?.seats.get(usize::from(index))
    }

    /// The lives that hear this one: itself first, then the connected ones in order of joining.
    #[must_use]
    pub fn lives_hearing(&self, live: &LiveId) -> Vec<LiveId> {
        let members =
            self.connection_of(live).map(|(_, connection)| connection.live_ids()).unwrap_or_default();
        std::iter::once(live.clone()).chain(members.into_iter().filter(|id| id != live)).collect()
    }
}
