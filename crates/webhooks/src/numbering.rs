//! Numbers webhook events within each live that they are about: 1, 2, 3 … in the order of the
//! outbox, once and for all endpoints.
//!
//! Workers deliver only what is numbered.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use duelcast_log::{Archive, OutboxRow};
use duelcast_protocol::{DurationMs, LiveId, rest::WebhookEvent};
use rusqlite::{Connection, OptionalExtension, params};
use tokio::{sync::watch, time::sleep};

use super::{
    now,
    store::{Store, endpoints},
};

/// How long webhook events can be replayed.
const RETENTION_MS: DurationMs = 72 * 60 * 60 * 1_000;
/// How often the retention watermark advances.
const PRUNE_INTERVAL: Duration = Duration::from_secs(600);
/// Webhook events read from the outbox at once.
const PAGE: u32 = 50;
const RETRY: Duration = Duration::from_secs(5);

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS numbers (
    seq   INTEGER PRIMARY KEY,
    lives TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS counters (
    live_id TEXT PRIMARY KEY,
    last    INTEGER NOT NULL,
    seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

pub(super) type LiveSeqs = BTreeMap<LiveId, u64>;

pub(super) struct Numbering {
    pub store: Store,
    pub archive: Archive,
    pub newest_event: watch::Receiver<u64>,
    pub numbered: watch::Sender<u64>,
    /// The last `seq` that no endpoint needs.
    pub outbox_trim: watch::Sender<u64>,
}

impl Numbering {
    pub(super) async fn run(mut self) {
        let mut pruned: Option<Instant> = None;
        loop {
            if let Err(error) = self.catch_up().await {
                tracing::error!(%error, "webhook events cannot be numbered for webhooks");
                sleep(RETRY).await;
                continue;
            }
            if pruned.is_none_or(|at| at.elapsed() >= PRUNE_INTERVAL) {
                pruned = Some(Instant::now());
                if let Err(error) = self.prune().await {
                    tracing::error!(%error, "the retention watermark cannot be advanced");
                }
            }
            if self.newest_event.changed().await.is_err() {
                return;
            }
        }
    }

    async fn catch_up(&mut self) -> rusqlite::Result<()> {
        let newest = *self.newest_event.borrow_and_update();
        let mut numbered = self.store.run(|connection| numbered_to(connection)).await?;
        while numbered < newest {
            let rows = self.archive.outbox(numbered, PAGE).await?;
            let Some(last) = rows.last().map(|row| row.seq) else { break };
            self.store.run(move |connection| number(connection, &rows)).await?;
            numbered = last;
            self.numbered.send_replace(numbered);
        }
        self.numbered.send_replace(newest.max(numbered));
        Ok(())
    }

    /// Advances the retention watermark.
    async fn prune(&self) -> rusqlite::Result<()> {
        let newest = *self.numbered.borrow();
        let has_endpoints = self.store.run(|connection| Ok(!endpoints(connection)?.is_empty())).await?;
        let first_kept = if has_endpoints {
            self.archive.first_event_since(now().saturating_sub(RETENTION_MS)).await?.unwrap_or(newest + 1)
        } else {
            newest + 1
        };
        self.store.run(move |connection| forget_before(connection, first_kept)).await?;
        self.outbox_trim.send_replace(first_kept.saturating_sub(1));
        Ok(())
    }
}

pub(super) fn create_tables(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)
}

fn numbered_to(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT coalesce(max(seq), 0) FROM numbers", [], |row| row.get(0))
}

fn number(connection: &mut Connection, rows: &[OutboxRow]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for row in rows {
        let mut numbers = LiveSeqs::new();
        for live in lives(&row.message.event) {
            let sql = "INSERT INTO counters VALUES (?1, 1, ?2)
                ON CONFLICT (live_id) DO UPDATE SET last = last + 1, seq = excluded.seq RETURNING last";
            let last = transaction
                .prepare_cached(sql)?
                .query_row(params![live.as_str(), row.seq], |row| row.get(0))?;
            numbers.insert(live, last);
        }
        let lives = serde_json::to_string(&numbers).expect("ids and numbers serialize");
        transaction
            .prepare_cached("INSERT INTO numbers VALUES (?1, ?2)")?
            .execute(params![row.seq, lives])?;
    }
    transaction.commit()
}

/// The numbers of a webhook event.
pub(super) fn numbers_of(connection: &Connection, seq: u64) -> rusqlite::Result<LiveSeqs> {
    let sql = "SELECT lives FROM numbers WHERE seq = ?1";
    let lives: Option<String> =
        connection.prepare_cached(sql)?.query_row([seq], |row| row.get(0)).optional()?;
    Ok(lives.and_then(|lives| serde_json::from_str(&lives).ok()).unwrap_or_default())
}

/// The newest number stays, because the next one follows from it.
fn forget_before(connection: &Connection, seq: u64) -> rusqlite::Result<()> {
    connection
        .execute("DELETE FROM numbers WHERE seq < ?1 AND seq < (SELECT max(seq) FROM numbers)", [seq])?;
    connection.execute("DELETE FROM counters WHERE seq < ?1", [seq])?;
    Ok(())
}

/// The lives that a webhook event is about.
fn lives(event: &WebhookEvent) -> Vec<LiveId> {
    match event {
        WebhookEvent::LiveStarted { live } | WebhookEvent::LiveEnded { live, .. } => {
            vec![live.live_id.clone()]
        }
        WebhookEvent::CoHostConnected { live_id, .. }
        | WebhookEvent::CoHostDisconnected { live_id, .. }
        | WebhookEvent::GiftSent { live_id, .. } => vec![live_id.clone()],
        WebhookEvent::BattleRequested { request } => {
            let invitees = request.invitees.iter().map(|invitee| invitee.live_id.clone());
            std::iter::once(request.inviter_live_id.clone()).chain(invitees).collect()
        }
        WebhookEvent::BattleStarted { battle_info } | WebhookEvent::BattleEnded { battle_info } => {
            battle_info.sides.iter().map(|side| side.live_id.clone()).collect()
        }
        WebhookEvent::BattlePenaltyEnded { .. } => Vec::new(),
    }
}
