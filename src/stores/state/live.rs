//! The live itself, its audience, and whether we are in it.

use duelcast_protocol::{LiveEndReason, LiveInfo, LiveSnapshot, LiveSummary, UserId};
use leptos::prelude::WithUntracked;

use crate::{signaling::CallError, stores::field::Field};

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
    Failed(CallError),
}

/// State of `LiveStore`.
#[derive(Debug, Default)]
pub struct LiveState {
    pub phase: Field<LivePhase>,
    pub info: Field<Option<LiveInfo>>,
    /// Whether the live is ours.
    pub is_owner: Field<bool>,
    /// Whether we may manage seats and microphones; true for the owner, too.
    pub is_admin: Field<bool>,
}

impl LiveState {
    pub(crate) fn sync(&self, snapshot: &LiveSnapshot, me: Option<&UserId>) {
        let live = &snapshot.live;
        let is_owner = me == Some(&live.owner.user_id);
        self.is_owner.set(is_owner);
        self.is_admin.set(is_owner || me.is_some_and(|me| live.admin_user_ids.contains(me)));
        if self.info.with_untracked(|old| old.as_ref() != Some(live)) {
            self.info.set(Some(live.clone()));
        }
    }
}

/// State of `AudienceStore`.
#[derive(Debug, Default)]
pub struct AudienceState {
    pub viewer_count: Field<u32>,
}
