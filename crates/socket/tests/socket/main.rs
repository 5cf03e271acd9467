//! The socket layer against real peers on loopback.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod closing;
mod harness;
mod silence;
mod slow_readers;
