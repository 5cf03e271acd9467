//! The rules of Duelcast: lives, seats, connections, battles, scores and presence as one
//! deterministic state machine.
//!
//! No clock, no randomness, no IO, no threads: time and ids are arguments. The same entries give
//! the same state and the same effects, bit for bit, on every machine.
//!
//! The modules form layers. Each imports only from layers below its own:
//!
//! 1. `outcome`, `command`, `deadlines`, `checks`, `shared_map`, `step`: answers, errors, inputs,
//!    helpers.
//! 2. `seating`, `chat_window`, `bans`, `presence`, `cohost`, `battle`, `lives`: the sub-machines.
//!    Each has its own types and changes only its own state.
//! 3. `realm`: composes them. `realm/actions.rs` maps each request to its rule. A rule that
//!    involves several sub-machines is a method of [`Realm`] in a module below `realm`.
//!
//! Every rule validates before it changes state, so a refused command leaves the state unchanged.

mod bans;
mod battle;
mod chat_window;
mod checks;
mod cohost;
mod command;
mod deadlines;
mod lives;
mod outcome;
mod presence;
mod realm;
mod seating;
mod shared_map;
mod step;

pub use battle::{Contributions, RuleVersions, battle_result};
pub use command::{Actor, Command, Entry, ModerationAction, ServiceAction};
pub use deadlines::Deadline;
pub use outcome::{Effect, Outcome, Reply};
pub use realm::{ListFilter, Realm, RealmConfig};
