//! Delivers webhook events to one endpoint, one after another.

use std::time::Duration;

use duelcast_log::{Archive, OutboxRow};
use duelcast_protocol::{DeliveryStatus, DurationMs, Timestamp, WebhookDelivery, rest::WebhookMessage};
use tokio::{sync::watch, time::sleep};

use super::{
    backoff::next_attempt_at,
    client::{WebhookClient, WebhookRequest},
    endpoint::{Endpoint, event_type},
    metrics::WebhookMetrics,
    now,
    numbering::{LiveSeqs, numbers_of},
    store::{self, Store},
};

/// Webhook events read from the outbox at once.
const PAGE: u32 = 50;
/// When to look again at what could not be read.
const READ_RETRY: Duration = Duration::from_secs(5);
/// Bytes of an error's text that are kept.
const MAX_ERROR_BYTES: usize = 200;

/// Works until it is dropped. A change of the endpoint replaces it.
pub(super) struct DeliveryWorker {
    pub endpoint: Endpoint,
    pub store: Store,
    pub archive: Archive,
    pub numbered: watch::Receiver<u64>,
    pub client: WebhookClient,
    pub metrics: WebhookMetrics,
    /// How long a webhook event is tried before it is a dead letter.
    pub give_up_ms: DurationMs,
}

/// What to do after a step.
enum Next {
    Go,
    WaitUntil(Timestamp),
    WaitForEvents,
}

impl DeliveryWorker {
    pub(super) async fn run(mut self) {
        loop {
            match self.step().await {
                Ok(Next::Go) => {}
                Ok(Next::WaitUntil(at)) => sleep(Duration::from_millis(at.saturating_sub(now()))).await,
                Ok(Next::WaitForEvents) => {
                    if self.numbered.changed().await.is_err() {
                        return;
                    }
                }
                Err(error) => {
                    tracing::error!(%error, endpoint = self.endpoint.name, "webhooks cannot be read or kept");
                    sleep(READ_RETRY).await;
                }
            }
        }
    }

    /// First whatever waits, so that the order stays; then what is new.
    async fn step(&mut self) -> rusqlite::Result<Next> {
        let name = self.endpoint.name.clone();
        let pending = self.store.run(move |connection| store::first_pending(connection, &name)).await?;
        if let Some(pending) = pending {
            let due_at = pending.next_attempt_at.unwrap_or_default();
            if due_at > now() {
                return Ok(Next::WaitUntil(due_at));
            }
            self.try_again(pending).await?;
            return Ok(Next::Go);
        }
        let numbered = *self.numbered.borrow_and_update();
        let mut rows = self.archive.outbox(self.endpoint.position, PAGE).await?;
        rows.retain(|row| row.seq <= numbered);
        if rows.is_empty() {
            return Ok(Next::WaitForEvents);
        }
        for row in &rows {
            self.endpoint.position = row.seq;
            if self.endpoint.wants(&row.message.event) && !self.deliver(row, 0).await? {
                return Ok(Next::Go);
            }
        }
        self.move_on().await?;
        Ok(Next::Go)
    }

    async fn try_again(&self, pending: WebhookDelivery) -> rusqlite::Result<()> {
        let rows = self.archive.outbox(pending.seq - 1, 1).await?;
        if let Some(row) = rows.first().filter(|row| row.seq == pending.seq) {
            self.deliver(row, pending.attempts).await?;
            return Ok(());
        }
        let error = Some("the webhook event is no longer kept".to_owned());
        let status = DeliveryStatus::Dead;
        self.metrics.count(status);
        self.record(WebhookDelivery { status, error, next_attempt_at: None, ..pending }).await
    }

    /// One attempt. Says whether the endpoint has it.
    async fn deliver(&self, row: &OutboxRow, attempts_before: u32) -> rusqlite::Result<bool> {
        let seq = row.seq;
        let live_seqs = self.store.run(move |connection| numbers_of(connection, seq)).await?;
        let attempted_at = now();
        let secrets = self.endpoint.secrets(attempted_at);
        let body = body(&row.message, live_seqs);
        let request =
            WebhookRequest { url: &self.endpoint.url, secrets: &secrets, id: &row.message.id, body };
        let outcome = self.client.post(request).await;
        if let Err(error) = &outcome {
            tracing::warn!(%error, endpoint = self.endpoint.name, seq, "a webhook was not taken");
        }
        let is_taken = outcome.is_ok();
        let attempts = attempts_before.saturating_add(1);
        let status = match &outcome {
            Ok(()) => DeliveryStatus::Delivered,
            Err(_) if self.is_too_late(row.message.at) => DeliveryStatus::Dead,
            Err(_) => DeliveryStatus::Pending,
        };
        self.metrics.count(status);
        let delivery = WebhookDelivery {
            seq,
            id: row.message.id.clone(),
            kind: event_type(&row.message.event).to_owned(),
            status,
            attempts,
            attempted_at,
            next_attempt_at: (status == DeliveryStatus::Pending).then(|| next_attempt_at(now(), attempts)),
            error: outcome.err().map(|error| shortened(error.to_string())),
        };
        self.record(delivery).await?;
        Ok(is_taken)
    }

    fn is_too_late(&self, event_at: Timestamp) -> bool {
        now().saturating_sub(event_at.max(self.endpoint.due_since)) >= self.give_up_ms
    }

    async fn record(&self, delivery: WebhookDelivery) -> rusqlite::Result<()> {
        let (name, revision) = (self.endpoint.name.clone(), self.endpoint.revision);
        self.store.run(move |connection| store::record(connection, &name, revision, &delivery)).await
    }

    async fn move_on(&self) -> rusqlite::Result<()> {
        let Endpoint { name, revision, position, .. } = self.endpoint.clone();
        self.store.run(move |connection| store::advance(connection, &name, revision, position)).await?;
        Ok(())
    }
}

fn body(message: &WebhookMessage, live_seqs: LiveSeqs) -> String {
    let message = WebhookMessage { live_seqs, ..message.clone() };
    serde_json::to_string(&message).expect("our own types serialize")
}

fn shortened(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_ERROR_BYTES));
    text
}
