//! Seats. The key of a seat is (live, index): in a connection, one list holds the seats of all its
//! lives.

use serde::{Deserialize, Serialize};

use crate::{LiveId, Timestamp, UserId, UserInfo};

/// A user on a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "FlatSeatUser")]
pub struct SeatUser {
    #[serde(flatten)]
    pub user: UserInfo,
    /// Whether the user has opened the microphone. Always false while `allowOpenMicrophone` is.
    pub is_microphone_open: bool,
    /// Whether the owner allows an open microphone.
    pub allow_open_microphone: bool,
    /// False while the user has no socket. Clients show the user as reconnecting.
    pub is_online: bool,
    pub taken_at: Timestamp,
}

/// The members of [`SeatUser`] as they stand on the wire.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FlatSeatUser {
    user_id: UserId,
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    avatar_url: String,
    is_microphone_open: bool,
    allow_open_microphone: bool,
    is_online: bool,
    taken_at: Timestamp,
}

impl From<FlatSeatUser> for SeatUser {
    fn from(flat: FlatSeatUser) -> Self {
        let FlatSeatUser { user_id, user_name, avatar_url, .. } = flat;
        Self {
            user: UserInfo { user_id, user_name, avatar_url },
            is_microphone_open: flat.is_microphone_open,
            allow_open_microphone: flat.allow_open_microphone,
            is_online: flat.is_online,
            taken_at: flat.taken_at,
        }
    }
}

/// A seat of a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// What happens if a user is moved to a taken seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MoveSeatPolicy {
    /// The move fails with `seatOccupied`.
    #[default]
    AbortWhenOccupied,
    /// The user on the target seat loses it.
    ForceReplace,
    /// Both users swap their seats.
    SwapPosition,
}

/// An application for a seat. `index` is absent if any free seat is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatApplication {
    pub user: UserInfo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u16>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// An invitation to a seat. `index` is absent if any free seat is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatInvitation {
    pub user: UserInfo,
    /// The owner or admin who sent it.
    pub inviter: UserInfo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u16>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}
