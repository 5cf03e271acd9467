//! The connection state of one user.

use duelcast_protocol::{NodeId, SessionId, Timestamp, UserInfo};
use serde::{Deserialize, Serialize};

/// The session of a user with a stake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Presence {
    pub user: UserInfo,
    pub session: SessionId,
    pub node: NodeId,
    /// When the last session closed; `None` while the user is online.
    pub offline_since: Option<Timestamp>,
    /// The seat in the user's own live that the end of the grace took. The user gets it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_seat: Option<LostSeat>,
}

/// A seat that an owner lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LostSeat {
    pub index: u16,
    pub is_microphone_open: bool,
}

impl Presence {
    pub fn is_online(&self) -> bool {
        self.offline_since.is_none()
    }
}
