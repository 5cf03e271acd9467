//! The rules of Duelcast: lives, seats, connections, battles, scores and presence as one deterministic state machine.
//!
//! No clock, no randomness, no IO, no threads: time and ids are arguments. Applying the same entries gives the same state
//! and the same effects, bit for bit, on every machine.
//!
//! `realm` holds the state and the order of things within one step; `actions` says which rule answers which request; the
//! other modules are the rules. Every rule checks first and changes afterwards, so a refusal leaves no trace.

mod bans;
mod battle_result;
mod checks;
mod command;
mod contributors;
mod deadlines;
mod outcome;
mod realm;
mod rule_versions;
mod shared_map;
mod step;

pub use battle_result::battle_result;
pub use command::{Actor, Command, Entry, Measure, ServiceAction};
pub use contributors::Contributions;
pub use deadlines::Deadline;
pub use outcome::{Effect, Outcome, Reply};
pub use realm::{ListFilter, Realm, RealmConfig};
pub use rule_versions::RuleVersions;
