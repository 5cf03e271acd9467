//! The rules of Duelcast: lives, seats, connections, battles, scores and presence as one deterministic state machine.
//!
//! No clock, no randomness, no IO, no threads: time and ids are arguments. Applying the same entries gives the same state
//! and the same effects, bit for bit, on every machine.

mod command;
mod outcome;
mod realm;
mod view;

pub use command::*;
pub use outcome::*;
pub use realm::*;
pub use view::ListFilter;
