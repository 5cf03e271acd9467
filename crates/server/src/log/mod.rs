//! The ordered, durable log of commands, and what is derived from it and kept for ever.
//!
//! Nothing here decides anything: a log gives a command its place and its time and keeps it.

mod archive;
mod chain;
mod metrics;
mod migrate;
mod projection;
mod schema;
mod sqlite;
mod store;
mod verify;

use duelcast_protocol::EntryId;
use duelcast_realm::{Command, Entry};
use tokio::sync::oneshot;

pub use archive::{Archive, OutboxRow};
pub use metrics::LogMetrics;
pub use projection::Projection;
pub use sqlite::SqliteLog;
pub use store::{Store, StoreError, StoredSnapshot};
pub use verify::{Fault, Verdict, battles, verify};

/// Where an entry stands; 1 is the first.
pub type Index = u64;

/// An entry with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexed {
    pub index: Index,
    pub entry: Entry,
}

/// Something for the log to do. Jobs are done in the order in which they were offered.
#[derive(Debug)]
pub enum Job {
    /// Give this command a place and a time, and report it once it is durable.
    Append { id: EntryId, command: Box<Command> },
    /// Keep what an entry led to.
    Project(Box<Projection>),
    /// Keep the state after this entry; older entries are then no longer needed.
    Snapshot { index: Index, state: String },
    /// A webhook endpoint has everything up to this `seq`.
    Delivered { endpoint: String, seq: u64 },
    /// Say when everything before this is durable.
    Barrier(oneshot::Sender<()>),
}

/// What the log reports.
#[derive(Debug)]
pub enum Report {
    /// Durable now, in order.
    Committed(Vec<Indexed>),
    /// Not in the log.
    Refused { ids: Vec<EntryId>, reason: Refusal },
}

/// Why a command is not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// An entry with this id is in the log already.
    Duplicate,
    /// It cannot be written at the moment.
    Unavailable,
}

/// A log, as the engine sees it. Reports go to the channel that the log was started with.
pub trait Log: Send {
    /// Hands over a job without waiting.
    ///
    /// # Errors
    /// The job itself, if there is no room for it now.
    fn offer(&self, job: Job) -> Result<(), Job>;
}
