//! Reads from the store what leads to the state before the stop.

use duelcast_engine::{Gap, Recovered};
use duelcast_log::{Index, Store, StoreError};
use duelcast_realm::{Realm, RealmConfig};

use super::socket::EngineSocket;

/// Starts from the newest snapshot that is whole and applies the entries after it.
pub(crate) fn recover(store: &Store, config: &RealmConfig) -> Result<Recovered<EngineSocket>, StoreError> {
    let kept = newest_state(store)?;
    let mut recovered = kept
        .map_or_else(|| Recovered::empty(config), |(realm, index)| Recovered::from_snapshot(realm, index));
    for entry in store.entries_after(recovered.applied)? {
        recovered.apply(entry).map_err(|Gap { after, next }| StoreError::Gap { after, next })?;
    }
    recovered.configure(config);
    tracing::info!(from = recovered.snapshot_at, to = recovered.applied, "recovered from the log");
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

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use duelcast_log::{Indexed, Job, Log, LogMetrics, Report, SqliteLog, StoredSnapshot, SystemClock};
    use duelcast_protocol::{Action, CreateLive, EntryId, NodeId, SeatMode, SessionId, UserId, UserInfo};
    use duelcast_realm::{Actor, Command};
    use tokio::sync::{mpsc, watch};

    use super::*;

    fn create_live(number: u32) -> Job {
        let user = UserInfo {
            user_id: UserId::new(format!("user-{number}")).unwrap(),
            user_name: String::new(),
            avatar_url: String::new(),
        };
        let by = Actor {
            user,
            session: SessionId::new(format!("session-{number}")).unwrap(),
            node: NodeId::new("node").unwrap(),
            can_create_live: true,
        };
        let params = CreateLive {
            live_id: None,
            live_name: "live".to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: true,
            max_seat_count: 4,
            seat_mode: SeatMode::Free,
        };
        let command = Command::User { by, action: Action::CreateLive(params) };
        Job::Append { id: EntryId::new(format!("entry-{number}")).unwrap(), command: Box::new(command) }
    }

    /// Writes lives, keeping the state after some of them, and gives the state at the end.
    async fn write(data: &Path, snapshots: &[u64]) -> Realm {
        let store = Store::open(data).unwrap();
        let (reporter, mut reports) = mpsc::channel(16);
        let clock = Arc::new(SystemClock::not_before(0));
        let (log, thread) =
            SqliteLog::start(store, clock, reporter, watch::Sender::new(0), LogMetrics::default()).unwrap();
        let mut realm = Realm::new(RealmConfig::default());
        for number in 1..=10 {
            log.offer(create_live(number)).unwrap();
            let Some(Report::Committed(entries)) = reports.recv().await else { panic!("the log takes it") };
            for Indexed { index, entry } in entries {
                assert!(realm.apply(entry).reply.is_ok());
                if snapshots.contains(&index) {
                    let state = serde_json::to_string(&realm).unwrap();
                    log.offer(Job::Snapshot(StoredSnapshot { index, state })).unwrap();
                }
            }
        }
        drop(log);
        thread.join().unwrap();
        realm
    }

    #[tokio::test]
    async fn recovery_equals_the_state_before() {
        for snapshots in [&[][..], &[4], &[4, 8], &[2, 5, 10]] {
            let data = tempfile::tempdir().unwrap();
            let before = write(data.path(), snapshots).await;
            let recovered = recover(&Store::open(data.path()).unwrap(), &RealmConfig::default()).unwrap();
            assert_eq!(recovered.applied, 10);
            assert_eq!(
                serde_json::to_string(&recovered.realm).unwrap(),
                serde_json::to_string(&before).unwrap()
            );
        }
    }

    #[tokio::test]
    async fn recovery_from_the_snapshot_before_a_torn_one_equals_the_state_before() {
        let data = tempfile::tempdir().unwrap();
        let before = write(data.path(), &[4, 8]).await;
        let database = rusqlite::Connection::open(data.path().join("duelcast.sqlite3")).unwrap();
        database.execute("UPDATE snapshots SET state = substr(state, 1, 50) WHERE idx = 8", []).unwrap();
        let recovered = recover(&Store::open(data.path()).unwrap(), &RealmConfig::default()).unwrap();
        assert_eq!((recovered.snapshot_at, recovered.applied), (4, 10));
        assert_eq!(recovered.realm, before);
    }

    #[tokio::test]
    async fn another_grace_applies_from_the_restart_on() {
        let data = tempfile::tempdir().unwrap();
        write(data.path(), &[4]).await;
        let config = RealmConfig { grace_ms: 1, ..RealmConfig::default() };
        let recovered = recover(&Store::open(data.path()).unwrap(), &config).unwrap();
        assert_eq!((recovered.realm.config(), recovered.is_snapshot_due), (&config, true));
    }
}
