//! Snapshots of the realm, for the log to keep. A copy of the realm shares what did not change, so
//! taking one is cheap; turning it into text is not, and can be done elsewhere while the engine
//! goes on.

use duelcast_log::{Index, Job, StoredSnapshot};
use duelcast_realm::Realm;

use super::{client::ClientSocket, machine::Engine};

/// Entries between two snapshots.
const SNAPSHOT_EVERY: u64 = 10_000;

/// The realm as it was after an entry.
#[derive(Debug)]
pub struct Snapshot {
    index: Index,
    realm: Realm,
}

impl Snapshot {
    /// As the log keeps it. Takes long with a large realm.
    #[must_use]
    pub fn encode(&self) -> StoredSnapshot {
        let state = serde_json::to_string(&self.realm).expect("the realm serializes");
        StoredSnapshot { index: self.index, state }
    }
}

impl<S: ClientSocket> Engine<S> {
    /// A snapshot, if one is due. Another one is due only after [`Engine::store_snapshot`] or
    /// [`Engine::abandon_snapshot`].
    pub fn take_due_snapshot(&mut self) -> Option<Snapshot> {
        if self.applied - self.snapshot_at < SNAPSHOT_EVERY || self.is_snapshot_open {
            return None;
        }
        self.is_snapshot_open = true;
        Some(self.take_snapshot())
    }

    /// Gives a snapshot that was due to the log.
    pub fn store_snapshot(&mut self, snapshot: StoredSnapshot) {
        self.is_snapshot_open = false;
        self.backlog.push(Job::Snapshot(snapshot));
    }

    /// Does without a snapshot that was due.
    pub fn abandon_snapshot(&mut self) {
        self.is_snapshot_open = false;
    }

    /// Stores the state now. Takes long with a large realm: for the start, and for the end.
    pub fn store_state(&mut self) {
        let snapshot = self.take_snapshot().encode();
        self.backlog.push(Job::Snapshot(snapshot));
    }

    fn take_snapshot(&mut self) -> Snapshot {
        self.snapshot_at = self.applied;
        Snapshot { index: self.applied, realm: self.realm.clone() }
    }
}

#[cfg(test)]
mod tests {
    use duelcast_realm::Command;

    use super::*;
    use crate::stage::Stage;

    fn tick(stage: &mut Stage, times: u64) {
        for _ in 0..times {
            stage.engine.append_own(Command::Tick);
        }
        stage.commit_all();
    }

    #[test]
    fn the_state_is_kept_as_it_was_while_the_engine_goes_on_and_one_at_a_time() {
        let mut stage = Stage::new();
        tick(&mut stage, SNAPSHOT_EVERY - 1);
        let (index, state) = (stage.engine.applied, serde_json::to_string(&stage.engine.realm).unwrap());
        let snapshot = stage.engine.take_due_snapshot().unwrap();
        let socket = stage.login("ann");
        stage.create_live(&socket, "red");
        stage.commit_all();
        tick(&mut stage, SNAPSHOT_EVERY);
        assert!(stage.engine.take_due_snapshot().is_none());
        let stored = snapshot.encode();
        assert_eq!((stored.index, &stored.state), (SNAPSHOT_EVERY, &state));
        assert_eq!((index, stage.engine.snapshot_at), (SNAPSHOT_EVERY, SNAPSHOT_EVERY));
        stage.engine.store_snapshot(stored);
        assert!(stage.engine.take_due_snapshot().is_some());
        assert_eq!(stage.engine.snapshot_at, stage.engine.applied);
    }
}
