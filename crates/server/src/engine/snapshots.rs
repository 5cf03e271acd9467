//! Turns snapshots into text, one at a time, on a thread of its own.

use std::future::pending;

use duelcast_engine::Snapshot;
use duelcast_log::StoredSnapshot;
use tokio::task::JoinHandle;

/// The snapshot that is being turned into text, if any.
#[derive(Default)]
pub(super) struct Snapshots(Option<JoinHandle<StoredSnapshot>>);

impl Snapshots {
    pub(super) fn encode(&mut self, snapshot: Snapshot) {
        self.0 = Some(tokio::task::spawn_blocking(move || snapshot.encode()));
    }

    /// The text, once it is there; never, if none is being made. `None` if the thread failed.
    pub(super) async fn next(&mut self) -> Option<StoredSnapshot> {
        let Some(task) = &mut self.0 else { return pending().await };
        let done = task.await;
        self.0 = None;
        done.inspect_err(|error| tracing::error!(%error, "the state could not be turned into text")).ok()
    }
}
