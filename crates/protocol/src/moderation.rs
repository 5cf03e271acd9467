//! Kicks and bans.

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp, UserInfo,
    wire::{FromWire, ToWire},
};

/// Why a user was removed from a live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub enum KickReason {
    /// Removed. The user may join again.
    Kicked,
    /// Removed, and refused until the ban ends.
    Banned,
}

/// A ban of a user from a live or from the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BannedUser {
    pub user: UserInfo,
    pub banned_at: Timestamp,
    /// When the ban ends. Absent for a ban without an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banned_until: Option<Timestamp>,
    /// The owner or admin who did it. Absent if a service did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<UserInfo>,
}

impl BannedUser {
    /// Whether the ban is in force at this time.
    #[must_use]
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.banned_until.is_none_or(|until| at < until)
    }
}

/// One page of bans, by user id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BannedUserPage {
    pub users: Vec<BannedUser>,
    /// Empty at the end.
    pub cursor: String,
}
