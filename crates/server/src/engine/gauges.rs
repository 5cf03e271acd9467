//! How much there is of everything, for whoever watches.

use duelcast_log::Index;

use super::Engine;

/// Numbers at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gauges {
    pub sockets: usize,
    pub lives: usize,
    pub battles: usize,
    /// Commands that are not applied yet.
    pub waiting: usize,
    pub entries: Index,
}

impl Engine {
    pub(crate) fn gauges(&self) -> Gauges {
        Gauges {
            sockets: self.sessions.len(),
            lives: self.realm.live_count(),
            battles: self.realm.battle_count(),
            waiting: self.waiting.len(),
            entries: self.applied,
        }
    }
}
