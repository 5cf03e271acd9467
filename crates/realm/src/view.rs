//! What the realm shows: snapshots, lists and look-ups. Nothing here changes anything.

use duelcast_protocol::{
    BattleId, BattleInfo, BattleRequest, BattleScore, LiveCard, LiveId, LiveListPage, LiveSnapshot, PrivateState,
    Rejection, SeatInfo, Timestamp, UserId, rest,
};

use crate::Realm;

/// Which lives a list leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListFilter {
    pub except: Option<LiveId>,
    pub include_hidden: bool,
}

impl Realm {
    /// The state of a live as this viewer may see it. `viewer_count`, `likes`, `rev` and `epoch` are the server's to fill in.
    #[must_use]
    pub fn live_snapshot(&self, _live: &LiveId, _viewer: Option<&UserId>) -> Option<LiveSnapshot> {
        None
    }

    /// What only this viewer may see of a live.
    #[must_use]
    pub fn private_state(&self, _live: &LiveId, _viewer: &UserId) -> PrivateState {
        PrivateState::default()
    }

    /// One page of the lives, newest first; an empty cursor is the first page, and the end.
    ///
    /// # Errors
    /// `invalidParams` if the cursor or the count is not one.
    pub fn list_lives(&self, _cursor: &str, _count: u32, _filter: &ListFilter) -> Result<LiveListPage, Rejection> {
        Ok(LiveListPage { lives: Vec::new(), cursor: String::new() })
    }

    /// A live as the list shows it; `viewer_count` is the server's to fill in.
    #[must_use]
    pub fn live_card(&self, _live: &LiveId) -> Option<LiveCard> {
        None
    }

    #[must_use]
    pub fn battle(&self, _id: &BattleId) -> Option<&BattleInfo> {
        None
    }

    #[must_use]
    pub fn battle_request(&self, _id: &BattleId) -> Option<&BattleRequest> {
        None
    }

    /// Where the PK of a live stands; `None` if there is no such live.
    #[must_use]
    pub fn live_battle_status(&self, _live: &LiveId, _at: Timestamp) -> Option<rest::LiveBattleStatus> {
        None
    }

    #[must_use]
    pub fn battle_score(&self, _id: &BattleId) -> Option<BattleScore> {
        None
    }

    /// The seat that a user is on, in whatever live.
    #[must_use]
    pub fn seat_of(&self, _user: &UserId) -> Option<&SeatInfo> {
        None
    }

    /// The lives in which this one is heard: itself first, then the connected ones.
    #[must_use]
    pub fn lives_hearing(&self, live: &LiveId) -> Vec<LiveId> {
        vec![live.clone()]
    }
}
