//! Keeping the state. A copy of the realm is turned into text on a thread of its own, so that a large realm holds up nobody;
//! copies share what did not change, so that making one is cheap.

use duelcast_realm::Realm;
use tokio::task::JoinHandle;

use super::Engine;
use crate::log::{Index, Job};

/// Entries between two snapshots.
const SNAPSHOT_EVERY: u64 = 10_000;

/// The state after an entry, as text.
pub(super) struct Kept {
    index: Index,
    state: String,
}

impl Kept {
    fn new(index: Index, realm: &Realm) -> Self {
        Self { index, state: serde_json::to_string(realm).expect("the realm serializes") }
    }
}

/// The copy that is being turned into text, if any; one at a time.
#[derive(Default)]
pub(super) struct Keeping(Option<JoinHandle<Kept>>);

impl Keeping {
    /// The text, once it is there; waits for ever if none is being made.
    pub(super) async fn done(&mut self) -> Option<Kept> {
        let Some(task) = &mut self.0 else { return std::future::pending().await };
        let done = task.await;
        self.0 = None;
        done.inspect_err(|error| tracing::error!(%error, "the state could not be turned into text")).ok()
    }
}

impl Engine {
    pub(super) fn keep_state_if_due(&mut self) {
        if self.applied - self.snapshot_at < SNAPSHOT_EVERY || self.keeping.0.is_some() {
            return;
        }
        let (index, realm) = (self.applied, self.realm.clone());
        self.snapshot_at = index;
        self.keeping.0 = Some(tokio::task::spawn_blocking(move || Kept::new(index, &realm)));
    }

    pub(super) fn keep(&mut self, kept: Kept) {
        self.metrics.snapshot_bytes.set(kept.state.len() as u64);
        self.backlog.push(Job::Snapshot { index: kept.index, state: kept.state });
    }

    /// Keeps the state now, when nobody waits for the engine: before it runs and after it has stopped.
    pub(super) fn keep_state(&mut self) {
        self.keep(Kept::new(self.applied, &self.realm));
        self.snapshot_at = self.applied;
    }
}

#[cfg(test)]
mod tests {
    use duelcast_realm::Command;

    use super::*;
    use crate::engine::stage::Stage;

    fn tick(stage: &mut Stage, times: u64) {
        for _ in 0..times {
            stage.engine.append_own(Command::Tick);
        }
        stage.commit_all();
    }

    #[tokio::test]
    async fn the_state_is_kept_as_it_was_while_the_engine_goes_on_and_one_at_a_time() {
        let mut stage = Stage::new();
        tick(&mut stage, SNAPSHOT_EVERY - 1);
        let (index, state) = (stage.engine.applied, serde_json::to_string(&stage.engine.realm).unwrap());
        let socket = stage.login("ann").await;
        stage.create_live(&socket, "red");
        stage.commit_all();
        tick(&mut stage, SNAPSHOT_EVERY);
        assert_eq!((index, stage.engine.snapshot_at), (SNAPSHOT_EVERY, SNAPSHOT_EVERY));
        let kept = stage.engine.keeping.done().await.unwrap();
        assert_eq!((kept.index, kept.state), (index, state));
        tick(&mut stage, 1);
        assert_eq!(stage.engine.snapshot_at, stage.engine.applied);
    }
}
