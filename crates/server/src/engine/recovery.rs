//! From what the log kept to the state before the stop.

use duelcast_realm::{Effect, Realm, RealmConfig};

use super::rooms::Rooms;
use crate::log::{Index, Indexed, Projection, Store, StoreError};

/// The state that the log leads to.
pub(crate) struct Recovered {
    pub realm: Realm,
    pub(super) rooms: Rooms,
    /// The last entry that is in `realm`.
    pub applied: Index,
    /// The last entry of the snapshot that it started from.
    pub snapshot_at: Index,
    /// Rows of the entries since that snapshot, to be written unless they are there.
    pub projections: Vec<Projection>,
    /// The configuration is in no snapshot yet, and later recoveries must apply later entries with it.
    pub is_snapshot_due: bool,
}

/// Starts from the newest snapshot that is whole and applies the entries after it.
pub(crate) fn recover(store: &Store, config: &RealmConfig) -> Result<Recovered, StoreError> {
    let kept = newest_state(store)?;
    let is_new = kept.is_none();
    let (realm, applied) = kept.unwrap_or_else(|| (Realm::new(config.clone()), 0));
    let mut recovered = Recovered {
        realm,
        rooms: Rooms::default(),
        applied,
        snapshot_at: applied,
        projections: Vec::new(),
        is_snapshot_due: is_new,
    };
    for entry in store.entries_after(applied)? {
        recovered.apply(entry)?;
    }
    tracing::info!(
        from = recovered.snapshot_at,
        to = recovered.applied,
        "recovered from the log"
    );
    Ok(recovered)
}

fn newest_state(store: &Store) -> Result<Option<(Realm, Index)>, StoreError> {
    for snapshot in store.snapshots()? {
        match serde_json::from_str(&snapshot.state) {
            Ok(realm) => return Ok(Some((realm, snapshot.index))),
            Err(error) => tracing::warn!(index = snapshot.index, %error, "a snapshot cannot be read"),
        }
    }
    Ok(None)
}

impl Recovered {
    fn apply(&mut self, Indexed { index, entry }: Indexed) -> Result<(), StoreError> {
        if index != self.applied + 1 {
            return Err(StoreError::Gap {
                after: self.applied,
                next: index,
            });
        }
        self.applied = index;
        let at = entry.at;
        let outcome = self.realm.apply(entry);
        self.projections
            .extend(Projection::of(index, at, &outcome.effects));
        for effect in outcome.effects {
            match effect {
                Effect::Public(frame)
                    if matches!(frame.event, duelcast_protocol::Event::OnLiveEnded { .. }) =>
                {
                    self.rooms.close(&frame.live_id);
                }
                Effect::Public(frame) => self.rooms.record(frame),
                Effect::Private { .. }
                | Effect::ScoreChanged { .. }
                | Effect::Ledger(_)
                | Effect::Fact(_) => {}
            }
        }
        Ok(())
    }
}
