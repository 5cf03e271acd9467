//! Where this page stands with a live.

use duelcast_protocol::{KickReason, LiveEndReason, LiveSummary, Timestamp, UserInfo};

use crate::signaling::CallError;

/// Whether this page is in the live.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum LivePhase {
    /// Not asked to join, or left.
    #[default]
    Idle,
    /// Waiting for the first snapshot.
    Joining,
    /// In it. Stays so while the socket reconnects.
    Joined,
    Ended {
        reason: LiveEndReason,
        summary: LiveSummary,
    },
    /// Put out of it.
    KickedOut {
        reason: KickReason,
        /// The owner or admin who did it; absent for a service.
        operator: Option<UserInfo>,
        /// When a ban is over; absent until somebody lifts it.
        banned_until: Option<Timestamp>,
    },
    Failed(CallError),
}
