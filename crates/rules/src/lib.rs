//! Gift rules as data, and the points that a gift gives under them. No clock, no files, no floating
//! point: the same rule set, gift and earlier gifts of the giver give the same points.

mod checks;
mod reference;
mod rule_set;
mod score;

pub use checks::RuleError;
pub use rule_set::{FreeVotes, RuleSet, SpecialEffect, TierMultipliers, TimeWindow, WindowPart};
pub use score::{Gave, GiverTally, Score};

/// Most bytes of a version's name, the bound of a ledger entry.
pub const MAX_VERSION_BYTES: usize = 64;
/// Most special effects, and most time windows, in a rule set.
pub const MAX_ROWS: usize = 100;
/// Most points for one coin.
pub const MAX_MULTIPLIER: u32 = 1_000_000;
/// Largest percentage of a time window: a hundredfold.
pub const MAX_PERCENT: u32 = 10_000;
/// Largest sum of points, 2^53−1.
pub const MAX_POINTS: u64 = duelcast_protocol::limits::MAX_SCORE;
