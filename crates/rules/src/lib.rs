//! Gift rules as data, and what they make of a gift. No clock, no files, no floating point: whoever knows the rule set, the
//! gift and what its giver gave before gets the same points.

mod checks;
mod reference;
mod rule_set;
mod score;

pub use checks::RuleError;
pub use rule_set::{FreeVotes, RuleSet, SpecialEffect, TierMultipliers, TimeWindow, WindowPart};
pub use score::{Gave, GiverTally, Score};

/// Bytes of a version's name at most: what a ledger entry takes.
pub const MAX_VERSION_BYTES: usize = 64;
/// Special effects and time windows in a rule set at most.
pub const MAX_ROWS: usize = 100;
/// Points a coin, at most.
pub const MAX_MULTIPLIER: u32 = 1_000_000;
/// A time window makes at most a hundredfold of a gift.
pub const MAX_PERCENT: u32 = 10_000;
/// No sum of points exceeds this (2^53−1, as for every number on the wire).
pub const MAX_POINTS: u64 = duelcast_protocol::limits::MAX_SCORE;
