//! Reads ledgers, results and the outbox over a connection of its own, so that readers never wait
//! for the writer.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use duelcast_protocol::{
    BattleId, BattleInfo, BattlePhase, LiveId, Timestamp, limits,
    rest::{LedgerEntry, ScoreOp, WebhookEvent, WebhookMessage},
};
use duelcast_realm::Contributions;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::store::{FILE, StoreError};

const BATTLES: &str = "
    SELECT info FROM battles WHERE (info ->> '$.startedAt', battle_id) < (?1, ?2)
    ORDER BY info ->> '$.startedAt' DESC, battle_id DESC LIMIT ?3";
const BATTLES_OF_LIVE: &str = "
    SELECT info FROM battle_sides JOIN battles USING (battle_id)
    WHERE live_id = ?4 AND (started_at, battle_id) < (?1, ?2)
    ORDER BY started_at DESC, battle_id DESC LIMIT ?3";

/// A webhook event on its way to back ends.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    pub seq: u64,
    pub message: WebhookMessage,
}

/// The open database, for reading. Clones share one connection.
#[derive(Debug, Clone)]
pub struct Archive {
    connection: Arc<Mutex<Connection>>,
    epoch: Arc<str>,
}

impl Archive {
    /// # Errors
    /// If the database cannot be opened.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(data.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let epoch: String =
            connection.query_row("SELECT value FROM meta WHERE name = 'epoch'", [], |row| row.get(0))?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), epoch: epoch.into() })
    }

    /// Runs a read away from the threads that serve sockets.
    ///
    /// # Errors
    /// If the database cannot be read.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let shared = Arc::clone(&self.connection);
        tokio::task::spawn_blocking(move || read(&shared.lock().unwrap_or_else(PoisonError::into_inner)))
            .await
            .expect("reading does not panic")
    }

    /// Lines of a battle's ledger after this number, each with its hash.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn ledger(
        &self,
        battle: BattleId,
        after: u64,
        count: u32,
    ) -> rusqlite::Result<Vec<(LedgerEntry, String)>> {
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT line, hash FROM ledger WHERE battle_id = ?1 AND number > ?2 ORDER BY number LIMIT ?3",
                )?
                .query_map(params![battle.as_str(), after, count], |row| Ok((json(row, 0)?, row.get(1)?)))?
                .collect()
        })
        .await
    }

    /// Who gave how much to each side, by live.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn contributions(&self, battle: BattleId) -> rusqlite::Result<BTreeMap<LiveId, Contributions>> {
        self.read(move |connection| {
            let sql = "SELECT line FROM ledger WHERE battle_id = ?1 ORDER BY number";
            let mut query = connection.prepare_cached(sql)?;
            let lines = query.query_map([battle.as_str()], |row| json(row, 0))?;
            Ok(contributions(&lines.collect::<rusqlite::Result<Vec<LedgerEntry>>>()?))
        })
        .await
    }

    /// A battle that is over, with its result.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn battle(&self, battle: BattleId) -> rusqlite::Result<Option<BattleInfo>> {
        let found: Option<BattleInfo> = self
            .read(move |connection| {
                connection
                    .prepare_cached("SELECT info FROM battles WHERE battle_id = ?1")?
                    .query_row([battle.as_str()], |row| json(row, 0))
                    .optional()
            })
            .await?;
        Ok(found.map(over))
    }

    /// Battles that are over, newest first, that started before this one; of one live or of all.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn battles(
        &self,
        live: Option<LiveId>,
        before: Option<(Timestamp, BattleId)>,
        count: u32,
    ) -> rusqlite::Result<Vec<BattleInfo>> {
        let found = self.read(move |connection| {
            let (started_at, battle) = match &before {
                Some((started_at, battle)) => (*started_at, battle.as_str()),
                None => (limits::MAX_SAFE_INTEGER, ""),
            };
            let Some(live) = live else {
                let mut query = connection.prepare_cached(BATTLES)?;
                return query.query_map(params![started_at, battle, count], |row| json(row, 0))?.collect();
            };
            let mut query = connection.prepare_cached(BATTLES_OF_LIVE)?;
            query.query_map(params![started_at, battle, count, live.as_str()], |row| json(row, 0))?.collect()
        });
        let found: Vec<BattleInfo> = found.await?;
        Ok(found.into_iter().map(over).collect())
    }

    /// Webhook events after this `seq`, in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn outbox(&self, after: u64, count: u32) -> rusqlite::Result<Vec<OutboxRow>> {
        let epoch = Arc::clone(&self.epoch);
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT seq, idx, ordinal, at, fact FROM outbox WHERE seq > ?1 ORDER BY seq LIMIT ?2",
                )?
                .query_map(params![after, count], |row| outbox_row(&epoch, row))?
                .collect()
        })
        .await
    }

    /// The `seq` of the first webhook event at this time or later that is still kept.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn first_event_since(&self, at: Timestamp) -> rusqlite::Result<Option<u64>> {
        self.read(move |connection| {
            let sql = "SELECT seq FROM outbox WHERE at >= ?1 ORDER BY seq LIMIT 1";
            connection.query_row(sql, [at], |row| row.get(0)).optional()
        })
        .await
    }
}

/// Who gave how much to each side, by live: adds that name a giver and were not reversed.
pub(super) fn contributions(entries: &[LedgerEntry]) -> BTreeMap<LiveId, Contributions> {
    let reversed: BTreeSet<u64> = entries.iter().filter_map(|entry| entry.reverses).collect();
    let mut sides = BTreeMap::<LiveId, Contributions>::new();
    for entry in entries {
        let is_counted =
            entry.op == ScoreOp::Add && entry.reverses.is_none() && !reversed.contains(&entry.number);
        if let Some(source) = entry.source.as_ref().filter(|_| is_counted) {
            let side = sides.entry(entry.live_id.clone()).or_default();
            side.count(&source.giver_user_id, &source.giver_name, entry.value);
        }
    }
    sides
}

/// A battle is kept as it was when its result was known, which is before a penalty.
fn over(battle: BattleInfo) -> BattleInfo {
    BattleInfo { phase: BattlePhase::Ended, ..battle }
}

fn outbox_row(epoch: &str, row: &rusqlite::Row<'_>) -> rusqlite::Result<OutboxRow> {
    let (seq, index, ordinal): (u64, u64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let at: Timestamp = row.get(3)?;
    let event: WebhookEvent = json(row, 4)?;
    let id = format!("msg_{epoch}_{index}_{ordinal}");
    Ok(OutboxRow { seq, message: WebhookMessage { id, seq, at, live_seqs: BTreeMap::new(), event } })
}

fn json<T: DeserializeOwned>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}
