//! People who misbehave: who was put out of a live, who may not come back, and until when.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, UserInfo};

/// Why somebody was put out of a live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KickReason {
    /// Put out; may come back.
    Kicked,
    /// May not come back until the ban is over.
    Banned,
}

/// A user who may not come into a live, or not onto the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BannedUser {
    pub user: UserInfo,
    pub banned_at: Timestamp,
    /// Absent: until somebody lifts the ban.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banned_until: Option<Timestamp>,
    /// The owner or admin who did it; absent for a service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<UserInfo>,
}

impl BannedUser {
    /// Whether the ban still holds at this time.
    #[must_use]
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.banned_until.is_none_or(|until| at < until)
    }
}

/// One page of those who are banned, by user id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BannedUserPage {
    pub users: Vec<BannedUser>,
    /// Empty at the end.
    pub cursor: String,
}
