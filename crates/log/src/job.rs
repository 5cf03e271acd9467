//! The log as the engine sees it: jobs go in, reports come out.

use duelcast_protocol::EntryId;
use duelcast_realm::{Command, Entry};
use tokio::sync::oneshot;

use crate::Projection;

/// Where an entry stands; 1 is the first.
pub type Index = u64;

/// An entry with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexed {
    pub index: Index,
    pub entry: Entry,
}

/// The state of the realm after an entry, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSnapshot {
    pub index: Index,
    pub state: String,
}

/// Told once everything that was offered before is durable.
pub type Barrier = oneshot::Sender<()>;

/// Something for the log to do. Jobs are done in the order in which they were offered.
#[derive(Debug)]
pub enum Job {
    /// Give this command a place and a time, and report it once it is durable.
    Append { id: EntryId, command: Box<Command> },
    /// Keep what an entry led to.
    Project(Box<Projection>),
    /// Keep the state after an entry; older entries are then no longer needed.
    Snapshot(StoredSnapshot),
    /// Advance the retention watermark of the outbox.
    Trim(OutboxTrim),
    /// Say when everything before this is durable.
    Barrier(Barrier),
}

/// Webhook events up to this `seq` may go from the outbox, once no recovery needs their entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutboxTrim {
    pub seq: u64,
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
