//! The ordered, durable log of commands, and what is derived from it and kept.
//!
//! A log gives a command its index and its time and stores it. It decides nothing.

mod clock;
mod job;
mod sqlite;

pub use clock::{Clock, SystemClock};
pub use job::{Index, Indexed, Job, Log, OutboxTrim, Refusal, Report};
pub use sqlite::{
    Archive, Fault, OutboxRow, Projection, SqliteLog, Store, StoreError, StoredSnapshot, Verdict, battles,
    verify,
};
