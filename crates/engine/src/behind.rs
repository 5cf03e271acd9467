//! Sockets whose queue overflowed.

use std::collections::BTreeSet;

use super::client::{ClientSocket, Overflowed, SocketId};

/// How often queues of slow sockets overflowed, since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OverflowCounts {
    /// Queues that were emptied because they were full.
    pub overflows: u64,
    /// Sockets that got fresh snapshots after that.
    pub resyncs: u64,
}

/// Sockets that need fresh snapshots, because their queue overflowed.
#[derive(Debug, Default)]
pub(super) struct Behind {
    sockets: BTreeSet<SocketId>,
    counts: OverflowCounts,
}

impl Behind {
    /// Notes what became of a frame.
    pub(super) fn note(&mut self, socket: &impl ClientSocket, sent: Result<(), Overflowed>) {
        if sent.is_err() {
            self.count_overflow();
            self.sockets.insert(socket.id());
        }
    }

    pub(super) fn count_overflow(&mut self) {
        self.counts.overflows += 1;
    }

    pub(super) fn remove(&mut self, socket: SocketId) {
        self.sockets.remove(&socket);
    }

    /// The sockets so far, which get their snapshots now.
    pub(super) fn take(&mut self) -> BTreeSet<SocketId> {
        self.counts.resyncs += self.sockets.len() as u64;
        std::mem::take(&mut self.sockets)
    }

    pub(super) fn counts(&self) -> OverflowCounts {
        self.counts
    }
}
