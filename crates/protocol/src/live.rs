//! Users and lives.

use serde::{Deserialize, Serialize};

use crate::{
    DurationMs, LiveId, Timestamp, UserId,
    wire::{FromWire, ToWire},
};

/// A user, as other users see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserInfo {
    pub user_id: UserId,
    #[serde(default)]
    pub user_name: String,
    #[serde(default)]
    pub avatar_url: String,
}

/// How users take an empty seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum SeatMode {
    /// All users may take a seat.
    #[default]
    Free,
    /// Users apply, and the owner or an admin accepts. Invitations work as well.
    Apply,
}

/// The description of a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LiveInfo {
    pub live_id: LiveId,
    pub live_name: String,
    pub cover_url: String,
    pub notice: String,
    pub owner: UserInfo,
    /// False while the owner has no socket. Clients show the owner as reconnecting.
    pub is_owner_online: bool,
    /// Users who may manage seats and microphones like the owner.
    pub admin_user_ids: Vec<UserId>,
    /// Whether the list shows the live. A hidden live can be joined by its id.
    pub is_public_visible: bool,
    pub max_seat_count: u16,
    pub seat_mode: SeatMode,
    pub created_at: Timestamp,
}

/// The activity of a live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum LiveActivity {
    #[default]
    Alone,
    CoHosting,
    InBattle,
}

/// A live as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LiveCard {
    #[serde(flatten)]
    pub live: LiveInfo,
    pub activity: LiveActivity,
    /// Number of lives in its connection, itself included; 1 without a connection.
    pub connected_count: u32,
    pub taken_seat_count: u32,
    pub viewer_count: u32,
}

/// Why a live ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub enum LiveEndReason {
    /// The owner ended it.
    EndedByOwner,
    /// A service ended it over REST.
    EndedByService,
    /// The owner was offline for too long.
    OwnerGone,
}

/// The summary of an ended live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LiveSummary {
    pub duration_ms: DurationMs,
    pub message_count: u64,
    pub gift_count: u64,
    /// Sum of the prices of all gifts, in coins.
    pub gift_coins: u64,
    pub battle_count: u32,
    pub battles_won: u32,
}
