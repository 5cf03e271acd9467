//! Seats. The key of a seat is (live, index): while lives are connected, one list holds the seats of all of them.

use serde::{Deserialize, Serialize};

use crate::{
    LiveId, Timestamp, UserInfo,
    wire::{FromWire, ToWire},
};

/// A user on a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct SeatUser {
    #[serde(flatten)]
    pub user: UserInfo,
    /// What the user wants: whether the microphone is open. Always false while it is not allowed.
    pub is_microphone_open: bool,
    /// Whether the owner allows it to be open.
    pub allow_open_microphone: bool,
    /// False while the user's socket is gone: shown as reconnecting.
    pub is_online: bool,
    pub taken_at: Timestamp,
}

/// A numbered place in a live, 0-based.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct SeatInfo {
    pub live_id: LiveId,
    pub index: u16,
    pub is_locked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<SeatUser>,
}

impl SeatInfo {
    /// An unlocked seat without a user.
    #[must_use]
    pub fn vacant(live_id: LiveId, index: u16) -> Self {
        Self { live_id, index, is_locked: false, user: None }
    }
}

/// What to do when a user is moved to a seat that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub enum MoveSeatPolicy {
    /// Nothing happens: error `seatOccupied`.
    #[default]
    AbortWhenOccupied,
    /// Who sits there loses the seat.
    ForceReplace,
    /// The two swap.
    SwapPosition,
}

/// A user who asks for a seat. `index` is absent when any will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct SeatApplication {
    pub user: UserInfo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u16>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A user who is asked to take a seat. `index` is absent when any will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct SeatInvitation {
    pub user: UserInfo,
    /// Who asks: the owner or an admin.
    pub inviter: UserInfo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u16>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}
