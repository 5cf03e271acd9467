//! What is known of each endpoint: a database of its own, so that webhooks never wait for the log,
//! nor the log for them.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use duelcast_protocol::{DeliveryStatus, Timestamp, WebhookDelivery};
use duelcast_secrets::Secret;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::endpoint::Endpoint;

const FILE: &str = "webhooks.sqlite3";
/// Deliveries that are listed after they were taken, for each endpoint.
const KEPT_DELIVERED: u64 = 1_000;
/// Dead letters that are kept for each endpoint.
const KEPT_DEAD: u64 = 10_000;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS endpoints (
    name           TEXT PRIMARY KEY,
    url            TEXT NOT NULL,
    secret         BLOB NOT NULL,
    previous       BLOB,
    previous_until INTEGER NOT NULL,
    filters        TEXT NOT NULL,
    is_enabled     INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    due_since      INTEGER NOT NULL,
    revision       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS deliveries (
    name         TEXT NOT NULL REFERENCES endpoints (name) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    status       TEXT NOT NULL,
    attempts     INTEGER NOT NULL,
    attempted_at INTEGER NOT NULL,
    next_at      INTEGER,
    error        TEXT,
    PRIMARY KEY (name, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS deliveries_by_status ON deliveries (name, status, seq);
";

/// The open database. Clones share one connection.
#[derive(Debug, Clone)]
pub(super) struct Store(Arc<Mutex<Connection>>);

impl Store {
    /// Opens it, or makes it, and does what comes first.
    pub(super) fn open(
        data: &Path,
        begin: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<Self> {
        let connection = Connection::open(data.join(FILE))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(TABLES)?;
        begin(&connection)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Works on the database away from the threads that serve sockets.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let shared = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || work(&mut shared.lock().unwrap_or_else(PoisonError::into_inner)))
            .await
            .expect("working on the database does not panic")
    }
}

pub(super) fn endpoints(connection: &Connection) -> rusqlite::Result<Vec<Endpoint>> {
    connection
        .prepare_cached("SELECT * FROM endpoints ORDER BY name")?
        .query_map([], read_endpoint)?
        .collect()
}

pub(super) fn endpoint(connection: &Connection, name: &str) -> rusqlite::Result<Option<Endpoint>> {
    let mut query = connection.prepare_cached("SELECT * FROM endpoints WHERE name = ?1")?;
    query.query_row([name], read_endpoint).optional()
}

fn read_endpoint(row: &Row<'_>) -> rusqlite::Result<Endpoint> {
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error)
    };
    let url: String = row.get("url")?;
    let filters: String = row.get("filters")?;
    let previous: Option<Vec<u8>> = row.get("previous")?;
    let until = row.get("previous_until")?;
    Ok(Endpoint {
        name: row.get("name")?,
        url: url.parse().map_err(|error: hyper::http::uri::InvalidUri| unreadable(error.into()))?,
        secret: Secret::new(row.get::<_, Vec<u8>>("secret")?),
        previous_secret: previous.map(|secret| (Secret::new(secret), until)),
        filters: serde_json::from_str(&filters).map_err(|error| unreadable(error.into()))?,
        is_enabled: row.get("is_enabled")?,
        position: row.get("position")?,
        due_since: row.get("due_since")?,
        revision: row.get("revision")?,
    })
}

pub(super) fn put_endpoint(connection: &Connection, endpoint: &Endpoint) -> rusqlite::Result<()> {
    let sql = "INSERT INTO endpoints VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (name) DO UPDATE SET
        url = excluded.url, secret = excluded.secret, previous = excluded.previous,
        previous_until = excluded.previous_until, filters = excluded.filters, is_enabled = excluded.is_enabled,
        position = excluded.position, due_since = excluded.due_since, revision = excluded.revision";
    let previous = endpoint.previous_secret.as_ref();
    connection.prepare_cached(sql)?.execute(params![
        endpoint.name,
        endpoint.url.to_string(),
        endpoint.secret.expose(),
        previous.map(|(secret, _)| secret.expose()),
        previous.map_or(0, |(_, until)| *until),
        serde_json::to_string(&endpoint.filters).expect("texts serialize"),
        endpoint.is_enabled,
        endpoint.position,
        endpoint.due_since,
        endpoint.revision,
    ])?;
    Ok(())
}

pub(super) fn delete_endpoint(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    Ok(connection.execute("DELETE FROM endpoints WHERE name = ?1", [name])? > 0)
}

/// Forgets what became of everything after this `seq`.
pub(super) fn forget_after(connection: &Connection, name: &str, seq: u64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM deliveries WHERE name = ?1 AND seq > ?2", params![name, seq])?;
    Ok(())
}

/// Makes the dead letters due at once.
pub(super) fn revive_dead(connection: &Connection, name: &str, now: Timestamp) -> rusqlite::Result<()> {
    let sql = "UPDATE deliveries SET status = 'pending', next_at = ?2 WHERE name = ?1 AND status = 'dead'";
    connection.execute(sql, params![name, now])?;
    Ok(())
}

/// Makes what waits due at once.
pub(super) fn hurry_pending(connection: &Connection, name: &str, now: Timestamp) -> rusqlite::Result<()> {
    let sql = "UPDATE deliveries SET next_at = ?2 WHERE name = ?1 AND status = 'pending'";
    connection.execute(sql, params![name, now])?;
    Ok(())
}

/// The oldest that was not taken yet.
pub(super) fn first_pending(
    connection: &Connection,
    name: &str,
) -> rusqlite::Result<Option<WebhookDelivery>> {
    let sql = "SELECT * FROM deliveries WHERE name = ?1 AND status = 'pending' ORDER BY seq LIMIT 1";
    connection.prepare_cached(sql)?.query_row([name], read_delivery).optional()
}

/// Newest first.
pub(super) fn deliveries(
    connection: &Connection,
    name: &str,
    status: Option<DeliveryStatus>,
    before: u64,
    count: u32,
) -> rusqlite::Result<Vec<WebhookDelivery>> {
    let sql = "SELECT * FROM deliveries WHERE name = ?1 AND seq < ?2 AND (?3 IS NULL OR status = ?3)
        ORDER BY seq DESC LIMIT ?4";
    let mut query = connection.prepare_cached(sql)?;
    query.query_map(params![name, before, status.map(status_name), count], read_delivery)?.collect()
}

fn read_delivery(row: &Row<'_>) -> rusqlite::Result<WebhookDelivery> {
    let status: String = row.get("status")?;
    Ok(WebhookDelivery {
        seq: row.get("seq")?,
        id: row.get("id")?,
        kind: row.get("kind")?,
        status: match status.as_str() {
            "pending" => DeliveryStatus::Pending,
            "delivered" => DeliveryStatus::Delivered,
            _ => DeliveryStatus::Dead,
        },
        attempts: row.get("attempts")?,
        attempted_at: row.get("attempted_at")?,
        next_attempt_at: row.get("next_at")?,
        error: row.get("error")?,
    })
}

fn status_name(status: DeliveryStatus) -> &'static str {
    match status {
        DeliveryStatus::Pending => "pending",
        DeliveryStatus::Delivered => "delivered",
        DeliveryStatus::Dead => "dead",
    }
}

/// Moves on, unless the endpoint was changed from outside in the meantime. Says whether it did.
pub(super) fn advance(
    connection: &Connection,
    name: &str,
    revision: u64,
    position: u64,
) -> rusqlite::Result<bool> {
    let sql = "UPDATE endpoints SET position = max(position, ?3) WHERE name = ?1 AND revision = ?2";
    Ok(connection.prepare_cached(sql)?.execute(params![name, revision, position])? > 0)
}

/// Keeps what became of an attempt, and moves on to it.
pub(super) fn record(
    connection: &mut Connection,
    name: &str,
    revision: u64,
    delivery: &WebhookDelivery,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    if !advance(&transaction, name, revision, delivery.seq)? {
        return Ok(());
    }
    let sql = "INSERT OR REPLACE INTO deliveries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    transaction.prepare_cached(sql)?.execute(params![
        name,
        delivery.seq,
        delivery.id,
        delivery.kind,
        status_name(delivery.status),
        delivery.attempts,
        delivery.attempted_at,
        delivery.next_attempt_at,
        delivery.error,
    ])?;
    let kept = match delivery.status {
        DeliveryStatus::Pending => None,
        DeliveryStatus::Delivered => Some(KEPT_DELIVERED),
        DeliveryStatus::Dead => Some(KEPT_DEAD),
    };
    if let Some(kept) = kept {
        let sql = "DELETE FROM deliveries WHERE name = ?1 AND status = ?2 AND seq <= (
            SELECT seq FROM deliveries WHERE name = ?1 AND status = ?2 ORDER BY seq DESC LIMIT 1 OFFSET ?3)";
        transaction.prepare_cached(sql)?.execute(params![name, status_name(delivery.status), kept])?;
    }
    transaction.commit()
}
