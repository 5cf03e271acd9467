//! How much there is of everything, for monitoring.

use duelcast_log::Index;

use super::{client::ClientSocket, machine::Engine};

/// Numbers at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Gauges {
    pub sockets: usize,
    pub lives: usize,
    pub battles: usize,
    /// Commands that are not applied yet.
    pub waiting: usize,
    pub entries: Index,
}

impl<S: ClientSocket> Engine<S> {
    #[must_use]
    pub fn gauges(&self) -> Gauges {
        Gauges {
            sockets: self.sessions.len(),
            lives: self.realm.live_count(),
            battles: self.realm.battle_count(),
            waiting: self.waiting.len(),
            entries: self.applied,
        }
    }
}
