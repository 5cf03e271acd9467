//! The ordered, durable log of commands, and what is derived from it and kept.
//!
//! A log gives a command its index and its time and stores it. It decides nothing. Without the
//! feature `sqlite` there are only the types that the engine shares with a log.

mod clock;
mod job;
mod projection;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use clock::{Clock, SystemClock};
pub use job::{Barrier, Index, Indexed, Job, Log, OutboxTrim, Refusal, Report, StoredSnapshot};
pub use projection::Projection;
#[cfg(feature = "sqlite")]
pub use sqlite::{
    Archive, Fault, LogMetrics, OutboxRow, SqliteLog, Store, StoreError, Verdict, battles, verify,
};
