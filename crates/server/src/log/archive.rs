//! Reading what is kept for ever: its own connection, so that readers never wait for the writer.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use duelcast_protocol::{
    BattleId, BattleInfo, BattlePhase, Timestamp,
    rest::{Fact, LedgerEntry, WebhookMessage},
};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::store::{FILE, StoreError};

/// A fact on its way to back ends.
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

    /// Lines of a battle's ledger after this number.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn ledger(
        &self,
        battle: BattleId,
        after: u64,
        count: u32,
    ) -> rusqlite::Result<Vec<LedgerEntry>> {
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT line FROM ledger WHERE battle_id = ?1 AND number > ?2 ORDER BY number LIMIT ?3",
                )?
                .query_map(params![battle.as_str(), after, count], |row| json(row, 0))?
                .collect()
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
        Ok(found.map(|battle| BattleInfo { phase: BattlePhase::Ended, ..battle }))
    }

    /// Facts after this `seq`, in order.
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

    /// The `seq` up to which this endpoint has everything.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn delivered(&self, endpoint: String) -> rusqlite::Result<u64> {
        self.read(move |connection| {
            let sql = "SELECT seq FROM deliveries WHERE endpoint = ?1";
            connection.query_row(sql, [endpoint], |row| row.get(0))
        })
        .await
    }
}

fn outbox_row(epoch: &str, row: &rusqlite::Row<'_>) -> rusqlite::Result<OutboxRow> {
    let (seq, index, ordinal): (u64, u64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let at: Timestamp = row.get(3)?;
    let fact: Fact = json(row, 4)?;
    let id = format!("msg_{epoch}_{index}_{ordinal}");
    Ok(OutboxRow { seq, message: WebhookMessage { id, seq, at, fact } })
}

fn json<T: DeserializeOwned>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}
