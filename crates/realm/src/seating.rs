//! The index of users by seat and by open seat request, and the state of a seat.

use std::collections::{BTreeMap, BTreeSet};

use duelcast_protocol::{ErrorCode, LiveId, Rejection, SeatInfo, UserId};
use serde::{Deserialize, Serialize};

/// The seat of each user, and the lives in which a user has an open application or invitation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Seating {
    places: BTreeMap<UserId, (LiveId, u16)>,
    requests: BTreeMap<UserId, BTreeSet<LiveId>>,
}

impl Seating {
    pub fn place_of(&self, user_id: &UserId) -> Option<(LiveId, u16)> {
        self.places.get(user_id).cloned()
    }

    pub fn is_seated(&self, user_id: &UserId) -> bool {
        self.places.contains_key(user_id)
    }

    pub fn has_stake(&self, user_id: &UserId) -> bool {
        self.is_seated(user_id) || self.requests.contains_key(user_id)
    }

    pub fn note_request(&mut self, user_id: &UserId, live_id: &LiveId) {
        self.requests.entry(user_id.clone()).or_default().insert(live_id.clone());
    }

    pub fn drop_request(&mut self, user_id: &UserId, live_id: &LiveId) {
        if let Some(lives) = self.requests.get_mut(user_id) {
            lives.remove(live_id);
            if lives.is_empty() {
                self.requests.remove(user_id);
            }
        }
    }

    pub fn requested_lives(&self, user_id: &UserId) -> Vec<LiveId> {
        self.requests.get(user_id).into_iter().flatten().cloned().collect()
    }

    pub fn seat(&mut self, user_id: UserId, live_id: &LiveId, index: u16) {
        self.places.insert(user_id, (live_id.clone(), index));
    }

    pub fn unseat(&mut self, user_id: &UserId) {
        self.places.remove(user_id);
    }
}

/// Refuses a seat that is locked or taken.
pub(crate) fn check_free(seat: &SeatInfo) -> Result<(), Rejection> {
    if seat.is_locked {
        Err(ErrorCode::SeatLocked.into())
    } else if seat.user.is_some() {
        Err(ErrorCode::SeatOccupied.into())
    } else {
        Ok(())
    }
}
