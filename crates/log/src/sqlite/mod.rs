//! The log in a SQLite database: written by one thread, read through connections of their own.

mod archive;
mod chain;
mod metrics;
mod migrate;
mod projection;
mod schema;
mod store;
mod verify;
mod writer;

pub use archive::{Archive, OutboxRow};
pub use metrics::LogMetrics;
pub use store::{Store, StoreError};
pub use verify::{Fault, Verdict, battles, verify};
pub use writer::SqliteLog;
