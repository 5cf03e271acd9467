//! The engine as a server in memory: no thread, no socket, no clock.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod battles;
mod deadlines;
mod fanout;
mod levels;
mod refusals;
mod server;
