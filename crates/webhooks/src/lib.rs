//! Webhook events on their way to back ends: in order, signed (Standard Webhooks), tried again
//! until they arrive or are a day old.
//!
//! Each endpoint has a task and a position in the outbox of its own, so an endpoint that hangs
//! delays no other.

mod address;
mod backoff;
mod client;
mod endpoint;
mod metrics;
mod numbering;
mod service;
mod signature;
mod store;
mod target;
mod worker;

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use duelcast_protocol::{DurationMs, Timestamp};
use tokio::{
    sync::watch,
    task::{AbortHandle, JoinSet},
};

pub use self::service::{WebhookError, Webhooks};
use self::{client::WebhookClient, endpoint::Endpoint, store::Store, worker::DeliveryWorker};
pub use self::{
    metrics::WebhookMetrics,
    service::WebhookConfig,
    target::{InvalidTarget, WebhookTarget},
};
use duelcast_log::Archive;

/// How long a webhook event is tried before it is a dead letter: one day.
pub const GIVE_UP_MS: DurationMs = 24 * 60 * 60 * 1_000;

/// Keeps a worker at work for each endpoint that is enabled.
struct DeliveryWorkers {
    store: Store,
    archive: Archive,
    numbered: watch::Receiver<u64>,
    client: WebhookClient,
    metrics: WebhookMetrics,
    give_up_ms: DurationMs,
}

impl DeliveryWorkers {
    /// Works until it is dropped, and the workers with it.
    async fn run(self, mut changes: watch::Receiver<()>) {
        let mut tasks = JoinSet::new();
        let mut at_work = BTreeMap::new();
        loop {
            changes.mark_unchanged();
            match self.store.run(|connection| store::endpoints(connection)).await {
                Ok(endpoints) => self.assign(endpoints, &mut tasks, &mut at_work),
                Err(error) => tracing::error!(%error, "the webhook endpoints cannot be read"),
            }
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Replaces the worker of each endpoint that was changed.
    fn assign(
        &self,
        endpoints: Vec<Endpoint>,
        tasks: &mut JoinSet<()>,
        at_work: &mut BTreeMap<String, (u64, AbortHandle)>,
    ) {
        let enabled = endpoints.into_iter().filter(|endpoint| endpoint.is_enabled);
        let wanted: BTreeMap<String, Endpoint> =
            enabled.map(|endpoint| (endpoint.name.clone(), endpoint)).collect();
        at_work.retain(|name, (revision, task)| {
            let stays = wanted.get(name).is_some_and(|endpoint| endpoint.revision == *revision);
            if !stays {
                task.abort();
            }
            stays
        });
        while tasks.try_join_next().is_some() {}
        for (name, endpoint) in wanted {
            at_work
                .entry(name)
                .or_insert_with(|| (endpoint.revision, tasks.spawn(self.worker(endpoint).run())));
        }
    }

    fn worker(&self, endpoint: Endpoint) -> DeliveryWorker {
        DeliveryWorker {
            endpoint,
            store: self.store.clone(),
            archive: self.archive.clone(),
            numbered: self.numbered.clone(),
            client: self.client.clone(),
            metrics: self.metrics.clone(),
            give_up_ms: self.give_up_ms,
        }
    }
}

fn now() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}
