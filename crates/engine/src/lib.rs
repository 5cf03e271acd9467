//! Rooms, fan-out, replay, presence and waiting callers of one node: a state machine without
//! threads, sockets, a clock or randomness, so that it runs in a simulation, and compiled to wasm
//! as a server in memory.
//!
//! Inputs are values ([`Input`]), each with its time. Outputs leave through two traits: jobs
//! through [`Log`], frames through [`ClientSocket`]. No call waits.
//!
//! [`Log`]: duelcast_log::Log

mod backlog;
mod behind;
mod client;
mod commands;
mod fanout;
mod gauges;
mod input;
mod levels;
mod machine;
mod presence;
mod queries;
mod recovery;
mod replay;
mod rooms;
mod sessions;
mod snapshots;
#[cfg(test)]
mod stage;
mod waiting;

pub use behind::OverflowCounts;
pub use client::{ClientSocket, CloseReason, Overflowed, SocketId};
pub use gauges::Gauges;
pub use input::{Identity, Input};
pub use machine::{Engine, Parts};
pub use recovery::{Gap, Recovered};
pub use snapshots::Snapshot;
pub use waiting::ServiceAnswer;
