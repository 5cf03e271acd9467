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
}

impl Presence {
    pub fn is_online(&self) -> bool {
        self.offline_since.is_none()
    }
}
