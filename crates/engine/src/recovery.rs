//! From what the log kept to the state before the stop.

use duelcast_log::{Index, Indexed, Projection};
use duelcast_protocol::Event;
use duelcast_realm::{Effect, Realm, RealmConfig};

use super::{client::ClientSocket, rooms::Rooms};

/// An entry is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last entry before it.
    pub after: Index,
    /// The entry that came instead.
    pub next: Index,
}

/// The state that the log leads to.
#[derive(Debug)]
pub struct Recovered<S> {
    pub realm: Realm,
    pub(super) rooms: Rooms<S>,
    /// The last entry that is in `realm`.
    pub applied: Index,
    /// The last entry of the snapshot that it started from.
    pub snapshot_at: Index,
    /// Rows of the entries since that snapshot, to be written unless they are there.
    pub projections: Vec<Projection>,
    /// The configuration is in no snapshot yet, and later recoveries must apply later entries with
    /// it.
    pub is_snapshot_due: bool,
}

impl<S: ClientSocket> Recovered<S> {
    /// Without a snapshot: the state before the first entry.
    #[must_use]
    pub fn empty(config: &RealmConfig) -> Self {
        Self { is_snapshot_due: true, ..Self::from_snapshot(Realm::new(config.clone()), 0) }
    }

    /// The state of a snapshot that was taken after this entry.
    #[must_use]
    pub fn from_snapshot(realm: Realm, index: Index) -> Self {
        Self {
            realm,
            rooms: Rooms::default(),
            applied: index,
            snapshot_at: index,
            projections: Vec::new(),
            is_snapshot_due: false,
        }
    }

    /// Applies the next entry.
    ///
    /// # Errors
    /// If it is not the next one.
    pub fn apply(&mut self, Indexed { index, entry }: Indexed) -> Result<(), Gap> {
        if index != self.applied + 1 {
            return Err(Gap { after: self.applied, next: index });
        }
        self.applied = index;
        let at = entry.at;
        let outcome = self.realm.apply(entry);
        self.projections.extend(Projection::of(index, at, &outcome.effects));
        for effect in outcome.effects {
            match effect {
                Effect::Public(frame) if matches!(frame.event, Event::OnLiveEnded { .. }) => {
                    self.rooms.close(&frame.live_id);
                }
                Effect::Public(frame) => self.rooms.record(frame),
                Effect::Private { .. }
                | Effect::BannedFromServer { .. }
                | Effect::ScoreChanged { .. }
                | Effect::Ledger(_)
                | Effect::WebhookEvent(_) => {}
            }
        }
        Ok(())
    }

    /// What is configured now applies from the next entry on.
    pub fn configure(&mut self, config: &RealmConfig) {
        if self.realm.config() != config {
            self.realm.set_config(config.clone());
            self.is_snapshot_due = true;
        }
    }
}
