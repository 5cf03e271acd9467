//! Deadlines, ordered by time, then kind, then id.

use std::collections::BTreeSet;

use duelcast_protocol::{BattleId, LiveId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// The earliest moment at which the state changes without a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Server time in milliseconds.
    pub at: Timestamp,
    /// A phrase for logs.
    pub reason: &'static str,
}

/// The reason of a deadline. Deadlines of the same time fire in the order of the variants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Due {
    SeatApplication { live_id: LiveId, user_id: UserId },
    SeatInvitation { live_id: LiveId, user_id: UserId },
    CoHostInvitation { from: LiveId, to: LiveId },
    BattleRequest { battle_id: BattleId },
    BattlePhase { battle_id: BattleId },
    Grace { user_id: UserId },
    OwnerGone { live_id: LiveId },
    ForgetBattle { battle_id: BattleId },
}

impl Due {
    fn reason(&self) -> &'static str {
        match self {
            Self::SeatApplication { .. } => "a seat application times out",
            Self::SeatInvitation { .. } => "a seat invitation times out",
            Self::CoHostInvitation { .. } => "a co-host invitation times out",
            Self::BattleRequest { .. } => "a battle request times out",
            Self::BattlePhase { .. } => "a battle enters its next phase",
            Self::Grace { .. } => "the grace period of an offline user ends",
            Self::OwnerGone { .. } => "the owner of a live was offline for too long",
            Self::ForgetBattle { .. } => "the retention of an ended battle ends",
        }
    }
}

/// The set of all pending deadlines.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Deadlines(BTreeSet<(Timestamp, Due)>);

impl Deadlines {
    pub fn add(&mut self, at: Timestamp, due: Due) {
        self.0.insert((at, due));
    }

    pub fn cancel(&mut self, at: Timestamp, due: Due) {
        self.0.remove(&(at, due));
    }

    pub fn next(&self) -> Option<Deadline> {
        self.0.first().map(|(at, due)| Deadline { at: *at, reason: due.reason() })
    }

    /// Removes and returns the first deadline that is due by `until`.
    pub fn pop(&mut self, until: Timestamp) -> Option<(Timestamp, Due)> {
        let is_due = self.0.first().is_some_and(|(at, _)| *at <= until);
        if is_due { self.0.pop_first() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grace(user: &str) -> Due {
        Due::Grace { user_id: UserId::new(user).unwrap() }
    }

    #[test]
    fn deadlines_come_in_order_of_time_and_only_when_due() {
        let mut deadlines = Deadlines::default();
        deadlines.add(20, grace("ann"));
        deadlines.add(10, grace("bob"));
        deadlines.add(30, grace("cid"));
        deadlines.cancel(30, grace("cid"));
        assert_eq!(deadlines.next().map(|next| next.at), Some(10));
        assert_eq!(deadlines.pop(9), None);
        assert_eq!(deadlines.pop(25), Some((10, grace("bob"))));
        assert_eq!(deadlines.pop(25), Some((20, grace("ann"))));
        assert_eq!(deadlines.next(), None);
    }
}
