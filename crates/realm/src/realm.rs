//! The realm: its state, and the one way to change it.

use duelcast_protocol::{DurationMs, ErrorCode, Timestamp, UserId, limits};
use serde::{Deserialize, Serialize};

use crate::{Entry, Outcome};

/// How long the absent are waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RealmConfig {
    /// How long a seat, a connection and a battle wait for a user who is offline.
    pub grace_ms: DurationMs,
    /// How long a live waits for its owner.
    pub owner_gone_ms: DurationMs,
}

impl Default for RealmConfig {
    fn default() -> Self {
        Self { grace_ms: limits::DEFAULT_GRACE_MS, owner_gone_ms: limits::OWNER_GONE_MS }
    }
}

/// The next moment at which something happens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub at: Timestamp,
    /// For the logs.
    pub reason: &'static str,
}

/// All lives and what goes on in them. Serializes to the same bytes for the same history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Realm {
    pub(crate) config: RealmConfig,
    pub(crate) now: Timestamp,
}

impl Realm {
    #[must_use]
    pub fn new(config: RealmConfig) -> Self {
        Self { config, now: 0 }
    }

    /// Fires all deadlines up to the entry's time, each at its own time, then carries out the command.
    pub fn apply(&mut self, entry: Entry) -> Outcome {
        self.now = self.now.max(entry.at);
        Outcome { reply: Err(ErrorCode::Unavailable.into()), effects: Vec::new() }
    }

    /// Time of the last applied entry.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// When to append a `Tick` if nothing else happens.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Deadline> {
        None
    }

    /// Whether the realm waits for this user: the owner of a live, on a seat, or with an open application or invitation.
    #[must_use]
    pub fn has_stake(&self, _user: &UserId) -> bool {
        false
    }
}
