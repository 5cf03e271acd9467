//! The whole state of one live, as somebody who joins receives it.

use serde::{Deserialize, Serialize};

use crate::{
    BattleInfo, BattleRequest, ChatItem, CoHostInvitation, CoHostLive, CoHostStatus, ConnectionId,
    LayoutTemplate, LiveId, LiveInfo, SeatApplication, SeatInfo, SeatInvitation, Timestamp, UserId,
};

/// The connection that a live is in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoHostState {
    pub status: CoHostStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    pub layout_template: LayoutTemplate,
    /// All lives of the connection in order of joining, this one included; empty when there is none.
    pub connected: Vec<CoHostLive>,
    /// Other lives that nobody in this one hears.
    pub muted_live_ids: Vec<LiveId>,
}

/// What only the joining user may see. Replaced as a whole on every (re)join.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PrivateState {
    /// For the owner and admins everyone's, else the user's own.
    pub seat_applications: Vec<SeatApplication>,
    /// For the owner and admins everyone's, else the user's own.
    pub seat_invitations: Vec<SeatInvitation>,
    /// The owner's outgoing co-host invitations.
    pub invitees: Vec<CoHostInvitation>,
    /// The owner's inbox of co-host invitations.
    pub applicants: Vec<CoHostInvitation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub battle_request_sent: Option<BattleRequest>,
    pub battle_requests_received: Vec<BattleRequest>,
    /// Who may not send texts, in order: for the owner and admins everyone, else at most the user.
    pub message_disabled_user_ids: Vec<UserId>,
}

/// The whole state of a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveSnapshot {
    pub live: LiveInfo,
    /// Of this live first, then of the connected ones in their order; by index within a live.
    pub seats: Vec<SeatInfo>,
    pub co_host: CoHostState,
    /// The battle that is on, or the last one, result and all, until the next one starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle: Option<BattleInfo>,
    /// Newest chat, oldest first; at most `MAX_RECENT_MESSAGES`.
    pub recent_messages: Vec<ChatItem>,
    pub private: PrivateState,
    pub viewer_count: u32,
    pub likes: u64,
    /// `seq` of the last event that is in here.
    pub seq: u64,
    pub rev: u64,
    pub server_time: Timestamp,
    pub epoch: String,
}
