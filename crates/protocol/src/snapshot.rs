//! The snapshot of a live, which a client receives when it joins.

use serde::{Deserialize, Serialize};

use crate::{
    BattleInfo, BattleRequest, ChatItem, CoHostInvitation, CoHostLive, CoHostStatus, ConnectionId,
    LayoutTemplate, LiveId, LiveInfo, SeatApplication, SeatInfo, SeatInvitation, Timestamp, UserId,
};

/// The connection of a live.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoHostState {
    pub status: CoHostStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    pub layout_template: LayoutTemplate,
    /// All lives of the connection in order of joining, this one included. Empty without a
    /// connection.
    pub connected: Vec<CoHostLive>,
    /// Other lives whose audio is muted in this live.
    pub muted_live_ids: Vec<LiveId>,
}

/// The private state of one user in a live. Replaced as a whole on each join.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PrivateState {
    /// For the owner and admins, all of them; for other users, their own.
    pub seat_applications: Vec<SeatApplication>,
    /// For the owner and admins, all of them; for other users, their own.
    pub seat_invitations: Vec<SeatInvitation>,
    /// The owner's outgoing co-host invitations.
    pub invitees: Vec<CoHostInvitation>,
    /// The owner's inbox of co-host invitations.
    pub applicants: Vec<CoHostInvitation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub battle_request_sent: Option<BattleRequest>,
    pub battle_requests_received: Vec<BattleRequest>,
    /// Muted users, by id. For the owner and admins, all of them; for other users, at most
    /// themselves.
    pub message_disabled_user_ids: Vec<UserId>,
}

/// The state of a live, as one user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveSnapshot {
    pub live: LiveInfo,
    /// Seats of this live, then of the connected lives in order of joining. By index within a live.
    pub seats: Vec<SeatInfo>,
    pub co_host: CoHostState,
    /// The current battle or the last one with its result. Kept until the next one starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle: Option<BattleInfo>,
    /// The newest chat items, oldest first; at most [`crate::limits::MAX_RECENT_MESSAGES`].
    pub recent_messages: Vec<ChatItem>,
    pub private: PrivateState,
    pub viewer_count: u32,
    pub likes: u64,
    /// `seq` of the last public event in the snapshot.
    pub seq: u64,
    pub rev: u64,
    pub server_time: Timestamp,
    pub epoch: String,
}
