//! The phase of this page's membership in a live.

use duelcast_protocol::{KickReason, LiveEndReason, LiveSummary, Timestamp, UserInfo};

use crate::signaling::CallError;

/// The phase of this page's membership in a live.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum LivePhase {
    /// Not joined, or left.
    #[default]
    Idle,
    /// Waiting for the first snapshot.
    Joining,
    /// Joined. Also while the socket reconnects.
    Joined,
    Ended {
        reason: LiveEndReason,
        summary: LiveSummary,
    },
    /// Removed from the live.
    KickedOut {
        reason: KickReason,
        /// The owner or admin who removed the user; absent if a back end did.
        operator: Option<UserInfo>,
        /// When a ban ends; absent if it has no end.
        banned_until: Option<Timestamp>,
    },
    Failed(CallError),
}
