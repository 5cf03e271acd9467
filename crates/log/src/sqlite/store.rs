//! The database file: opening it, what is in it at the start, and keeping it small.

use std::path::Path;

use duelcast_protocol::{DurationMs, Timestamp};
use duelcast_realm::Entry;
use duelcast_secrets::random;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use super::{migrate, schema};
use crate::{Index, Indexed, OutboxTrim, StoredSnapshot};

/// Names the row of `deliveries` that holds the watermark.
const OUTBOX_READER: &str = "webhooks";
/// Name of the database in the data folder.
pub const FILE: &str = "duelcast.sqlite3";
/// Snapshots that are kept: the newest, and one to fall back to.
const KEPT_SNAPSHOTS: u32 = 2;
/// Webhook events that wait for a webhook endpoint at most; beyond it the oldest are given up.
const MAX_OUTBOX_ROWS: u64 = 1_000_000;

/// Battles that are deleted in one transaction, which bounds how long it takes.
const MAX_FORGOTTEN: u32 = 100;

/// Why the log cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    #[error("it was written by another version (format {0}, this one reads {format})", format = schema::FORMAT)]
    Format(String),
    #[error("entries are missing between {after} and {next}")]
    Gap { after: Index, next: Index },
    #[error("entry {0} of the log cannot be read: {1}")]
    Entry(Index, serde_json::Error),
}

impl StoreError {
    /// What SQLite says, if it was SQLite that failed.
    #[must_use]
    pub fn database_code(&self) -> Option<rusqlite::ErrorCode> {
        match self {
            Self::Database(error) => error.sqlite_error_code(),
            Self::Format(_) | Self::Gap { .. } | Self::Entry(..) => None,
        }
    }
}

/// What the next row gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counters {
    pub next_index: Index,
    /// Time of the last entry.
    pub last_at: u64,
    pub next_seq: u64,
}

/// The open database, with the right to write.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    epoch: String,
    retention_ms: Option<DurationMs>,
}

impl Store {
    /// Opens the database of a data folder, or makes it.
    ///
    /// # Errors
    /// If it cannot be opened or is not ours.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(data.join(FILE))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(schema::TABLES)?;
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?1)", [schema::FORMAT])?;
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('epoch', ?1)", [random::id()])?;
        if meta(&connection, "format")? == "1" {
            migrate::from_1(&mut connection, schema::FORMAT)?;
        }
        let format = meta(&connection, "format")?;
        if format != schema::FORMAT {
            return Err(StoreError::Format(format));
        }
        set_first_watermark(&connection)?;
        Ok(Self { epoch: meta(&connection, "epoch")?, connection, retention_ms: None })
    }

    /// Names this history.
    #[must_use]
    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    /// The snapshots that are whole, newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn snapshots(&self) -> Result<Vec<StoredSnapshot>, StoreError> {
        let mut query =
            self.connection.prepare("SELECT idx, digest, state FROM snapshots ORDER BY idx DESC")?;
        let rows = query.query_map([], |row| {
            let (index, expected): (Index, String) = (row.get(0)?, row.get(1)?);
            let state: String = row.get(2)?;
            Ok((expected == digest(&state)).then_some(StoredSnapshot { index, state }))
        })?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Every entry after this one, in order.
    ///
    /// # Errors
    /// If the database or one of the entries cannot be read.
    pub fn entries_after(&self, index: Index) -> Result<Vec<Indexed>, StoreError> {
        let mut query = self
            .connection
            .prepare("SELECT idx, id, at, command FROM entries WHERE idx > ?1 ORDER BY idx")?;
        let rows =
            query.query_map([index], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        rows.map(|row| {
            let (index, id, at, command): (Index, String, u64, String) = row?;
            let unreadable = |error| StoreError::Entry(index, error);
            let id = serde_json::from_value(id.into()).map_err(unreadable)?;
            let command = serde_json::from_str(&command).map_err(unreadable)?;
            Ok(Indexed { index, entry: Entry { id, at, command } })
        })
        .collect()
    }

    pub(super) fn counters(&self) -> Result<Counters, StoreError> {
        let newest =
            |sql: &str| -> rusqlite::Result<u64> { self.connection.query_row(sql, [], |row| row.get(0)) };
        let last_index = newest(
            "SELECT max(coalesce((SELECT max(idx) FROM entries), 0), coalesce((SELECT max(idx) FROM snapshots), 0))",
        )?;
        let kept_seq: Option<String> = self
            .connection
            .query_row("SELECT value FROM meta WHERE name = 'next_seq'", [], |row| row.get(0))
            .optional()?;
        Ok(Counters {
            next_index: last_index + 1,
            last_at: newest("SELECT coalesce(max(at), 0) FROM entries")?,
            next_seq: kept_seq.and_then(|seq| seq.parse().ok()).unwrap_or(1),
        })
    }

    /// Sets the retention of results and ledgers, counted from the start of a battle. Applied with
    /// each snapshot.
    pub fn keep_battles_for(&mut self, retention_ms: DurationMs) {
        self.retention_ms = Some(retention_ms);
    }

    /// Battles that started earlier may go; 0 keeps all.
    pub(super) fn keep_battles_since(&self, now: Timestamp) -> Timestamp {
        self.retention_ms.map_or(0, |retention_ms| now.saturating_sub(retention_ms))
    }

    pub(super) fn transaction(&mut self) -> rusqlite::Result<Transaction<'_>> {
        self.connection.transaction()
    }
}

fn meta(connection: &Connection, name: &str) -> rusqlite::Result<String> {
    connection.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0))
}

/// Registers the reader of the outbox. A new reader starts behind what is there already.
fn set_first_watermark(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM deliveries WHERE endpoint <> ?1", [OUTBOX_READER])?;
    let sql = "INSERT OR IGNORE INTO deliveries (endpoint, seq) VALUES (
        ?1, coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'next_seq'), 1) - 1)";
    connection.execute(sql, [OUTBOX_READER])?;
    Ok(())
}

/// Advances the retention watermark of the outbox.
pub(super) fn trim_outbox(transaction: &Transaction<'_>, trim: OutboxTrim) -> rusqlite::Result<()> {
    let sql = "UPDATE deliveries SET seq = max(seq, ?2) WHERE endpoint = ?1";
    transaction.prepare_cached(sql)?.execute(params![OUTBOX_READER, trim.seq])?;
    Ok(())
}

fn digest(state: &str) -> String {
    random::hex(&Sha256::digest(state))
}

pub(super) fn keep_next_seq(transaction: &Transaction<'_>, next_seq: u64) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO meta VALUES ('next_seq', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    transaction.prepare_cached(sql)?.execute([next_seq.to_string()])?;
    Ok(())
}

pub(super) fn write_snapshot(
    transaction: &Transaction<'_>,
    StoredSnapshot { index, state }: &StoredSnapshot,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT OR REPLACE INTO snapshots (idx, digest, state) VALUES (?1, ?2, ?3)",
        params![index, digest(state), state],
    )?;
    prune(transaction)
}

/// Drops results and ledgers of battles that started before this time and are over, some at a time.
pub(super) fn forget_battles(transaction: &Transaction<'_>, before: Timestamp) -> rusqlite::Result<()> {
    let sql = "SELECT battle_id FROM battles WHERE info ->> '$.startedAt' < ?1 LIMIT ?2";
    let mut query = transaction.prepare_cached(sql)?;
    let ids = query.query_map(params![before, MAX_FORGOTTEN], |row| row.get(0))?;
    for id in ids.collect::<Result<Vec<String>, _>>()? {
        for table in ["ledger", "battle_sides", "battles"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE battle_id = ?1"), [&id])?;
        }
    }
    Ok(())
}

/// Drops entries and snapshots before the older of the two snapshots that are kept. With one
/// snapshot only, nothing is dropped.
fn prune(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let kept: Option<Index> = transaction
        .query_row(
            "SELECT idx FROM snapshots ORDER BY idx DESC LIMIT 1 OFFSET ?1",
            [KEPT_SNAPSHOTS - 1],
            |row| row.get(0),
        )
        .optional()?;
    let Some(kept) = kept else { return Ok(()) };
    transaction.execute("DELETE FROM snapshots WHERE idx < ?1", [kept])?;
    transaction.execute("DELETE FROM entries WHERE idx <= ?1", [kept])?;
    transaction.execute(
        "DELETE FROM outbox WHERE idx <= ?1 AND (
            seq <= (SELECT coalesce(min(seq), 9223372036854775807) FROM deliveries)
            OR seq <= (SELECT max(seq) FROM outbox) - ?2)",
        params![kept, MAX_OUTBOX_ROWS],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    impl Store {
        /// As on a full disk.
        pub(in crate::sqlite) fn forbid_growth(&self) -> rusqlite::Result<()> {
            let pages: i64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            self.connection.query_row(&format!("PRAGMA max_page_count = {}", pages + 2), [], |_| Ok(()))
        }

        fn keep(&mut self, index: Index, state: &str) {
            let transaction = self.transaction().unwrap();
            let snapshot = StoredSnapshot { index, state: state.to_owned() };
            write_snapshot(&transaction, &snapshot).unwrap();
            transaction.commit().unwrap();
        }

        fn fill(&mut self, entries: Index) {
            for index in 1..=entries {
                let sql =
                    "INSERT INTO entries (idx, id, at, command) VALUES (?1, ?2, 1, '{\"kind\":\"tick\"}')";
                self.connection.execute(sql, params![index, format!("e{index}")]).unwrap();
            }
        }

        fn indices_after(&self, index: Index) -> Vec<Index> {
            self.entries_after(index).unwrap().iter().map(|entry| entry.index).collect()
        }
    }

    fn store() -> (Store, TempDir) {
        let data = tempfile::tempdir().unwrap();
        (Store::open(data.path()).unwrap(), data)
    }

    #[test]
    fn a_torn_snapshot_falls_back_to_the_one_before_and_its_entries() {
        let (mut store, _data) = store();
        store.fill(9);
        store.keep(3, "three");
        store.keep(6, "six");
        assert_eq!(store.snapshots().unwrap()[0], StoredSnapshot { index: 6, state: "six".to_owned() });
        store.connection.execute("UPDATE snapshots SET state = 'si' WHERE idx = 6", []).unwrap();
        let whole = store.snapshots().unwrap();
        assert_eq!(whole, [StoredSnapshot { index: 3, state: "three".to_owned() }]);
        assert_eq!(store.indices_after(3), [4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn only_what_no_snapshot_needs_goes() {
        let (mut store, _data) = store();
        store.fill(9);
        store.keep(3, "three");
        assert_eq!(store.indices_after(0).len(), 9);
        store.keep(6, "six");
        store.keep(9, "nine");
        assert_eq!(store.indices_after(0), [7, 8, 9]);
        assert_eq!(store.snapshots().unwrap().len(), 2);
        assert_eq!(store.counters().unwrap().next_index, 10);
    }

    #[test]
    fn the_watermark_of_an_older_data_folder_stays_and_other_readers_go() {
        let (store, data) = store();
        let older = "UPDATE deliveries SET seq = 7; INSERT INTO deliveries VALUES ('former', 1);";
        store.connection.execute_batch(older).unwrap();
        drop(store);
        let store = Store::open(data.path()).unwrap();
        let sql = "SELECT group_concat(endpoint || ' ' || seq) FROM deliveries";
        let rows: String = store.connection.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(rows, "webhooks 7");
    }

    #[test]
    fn the_epoch_stays() {
        let (store, data) = store();
        let epoch = store.epoch().to_owned();
        drop(store);
        assert_eq!(Store::open(data.path()).unwrap().epoch(), epoch);
    }

    #[test]
    fn a_log_of_another_format_is_refused() {
        let (store, data) = store();
        store.connection.execute("UPDATE meta SET value = '0' WHERE name = 'format'", []).unwrap();
        assert!(matches!(Store::open(data.path()), Err(StoreError::Format(_))));
    }
}
