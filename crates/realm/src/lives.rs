//! The state of a live, and the index of lives by id, owner and age.

use std::collections::{BTreeMap, BTreeSet};

use duelcast_protocol::{
    BattleId, ChatItem, CoHostInvitation, ConnectionId, ErrorCode, LiveId, LiveInfo, LiveSummary, Rejection,
    SeatApplication, SeatInfo, SeatInvitation, UserId,
};
use serde::{Deserialize, Serialize};

use crate::{bans::Bans, chat_window::ChatWindow, cohost::BattlePlan, shared_map::SharedMap};

/// The state of one live.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Live {
    pub info: LiveInfo,
    /// Sequence number of the live on this server. The list of lives is ordered by it.
    pub number: u64,
    /// `seq` of the last public event.
    pub seq: u64,
    pub seats: Vec<SeatInfo>,
    pub seat_applications: Vec<SeatApplication>,
    pub seat_invitations: Vec<SeatInvitation>,
    pub connection: Option<ConnectionId>,
    pub muted_live_ids: Vec<LiveId>,
    /// Lives with an open co-host invitation from this one, oldest first. The invitation is in the
    /// other's `applicants`.
    pub invitees: Vec<LiveId>,
    /// The inbox of co-host invitations, oldest first.
    pub applicants: Vec<CoHostInvitation>,
    pub battle_plans: Vec<BattlePlan>,
    /// The battle that the audience sees: the current one or the last one.
    pub battle: Option<BattleId>,
    pub battle_request_sent: Option<BattleId>,
    pub battle_requests_received: Vec<BattleId>,
    pub messages: Vec<ChatItem>,
    pub chat_window: ChatWindow,
    #[serde(default)]
    pub bans: Bans,
    /// Who may not send texts.
    #[serde(default)]
    pub muted: BTreeSet<UserId>,
    /// Counters so far. The duration is filled in when the live ends.
    pub summary: LiveSummary,
}

impl Live {
    pub fn is_owner(&self, user_id: &UserId) -> bool {
        self.info.owner.user_id == *user_id
    }

    /// Whether this user is the owner or an admin. Both manage seats and microphones.
    pub fn is_manager(&self, user_id: &UserId) -> bool {
        self.is_owner(user_id) || self.info.admin_user_ids.contains(user_id)
    }

    pub fn manager_ids(&self) -> Vec<UserId> {
        let owner = std::iter::once(&self.info.owner.user_id);
        owner.chain(&self.info.admin_user_ids).cloned().collect()
    }

    pub fn seat(&self, index: u16) -> Result<&SeatInfo, Rejection> {
        self.seats.get(usize::from(index)).ok_or_else(|| ErrorCode::SeatNotExist.into())
    }

    pub fn seat_index_of(&self, user_id: &UserId) -> Option<u16> {
        let seat = self
            .seats
            .iter()
            .find(|seat| seat.user.as_ref().is_some_and(|user| user.user.user_id == *user_id));
        seat.map(|seat| seat.index)
    }
}

/// All lives, indexed by id, number and owner.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Lives {
    by_id: SharedMap<LiveId, Live>,
    by_number: BTreeMap<u64, LiveId>,
    by_owner: BTreeMap<UserId, LiveId>,
    last_number: u64,
}

impl Lives {
    pub fn get(&self, id: &LiveId) -> Option<&Live> {
        self.by_id.get(id)
    }

    pub fn get_mut(&mut self, id: &LiveId) -> Option<&mut Live> {
        self.by_id.get_mut(id)
    }

    pub fn owned_by(&self, user_id: &UserId) -> Option<&LiveId> {
        self.by_owner.get(user_id)
    }

    /// The number of the next live.
    pub fn next_number(&self) -> u64 {
        self.last_number + 1
    }

    pub fn insert(&mut self, live: Live) {
        let id = live.info.live_id.clone();
        self.last_number = live.number;
        self.by_number.insert(live.number, id.clone());
        self.by_owner.insert(live.info.owner.user_id.clone(), id.clone());
        self.by_id.insert(id, live);
    }

    pub fn remove(&mut self, id: &LiveId) -> Option<Live> {
        let live = self.by_id.remove(id)?;
        self.by_number.remove(&live.number);
        self.by_owner.remove(&live.info.owner.user_id);
        Some(live)
    }

    /// The lives with a smaller number, newest first.
    pub fn older_than(&self, number: u64) -> impl Iterator<Item = &Live> {
        self.by_number.range(..number).rev().filter_map(|(_, id)| self.by_id.get(id))
    }
}
