//! Endpoints: made, changed, listed, replayed.

use std::{path::PathBuf, sync::Arc};

use duelcast_log::Archive;
use duelcast_protocol::{
    DeliveryPage, DeliveryStatus, DurationMs, PutWebhook, ReplayWebhooks, WebhookInfo, WebhookList,
    WebhookName, limits,
};
use duelcast_secrets::Secret;
use rusqlite::Connection;
use tokio::{sync::watch, task::JoinSet};
use tokio_rustls::rustls::ClientConfig;

use super::{
    DeliveryWorkers, InvalidTarget, WebhookMetrics, WebhookTarget,
    client::{PostError, WebhookClient},
    endpoint::{EVENT_TYPES, Endpoint},
    now,
    numbering::{self, Numbering},
    store::{self, Store},
    target::{address, make_secret, read_secret, write_secret},
};

/// Endpoints at most.
const MAX_ENDPOINTS: usize = 32;
/// How long the secret before signs as well.
const SECRET_OVERLAP_MS: DurationMs = 24 * 60 * 60 * 1_000;
/// Name of the endpoint that the flags give.
const FLAG_ENDPOINT: &str = "default";

/// Why a request about webhooks is refused.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    #[error("There is no webhook of this name.")]
    NotExist,
    #[error(transparent)]
    Invalid(#[from] InvalidTarget),
    #[error(
        "The address of this webhook is private; start the server with --webhook-allow-private to allow that."
    )]
    Private,
    #[error("{0} is not a type of webhook event; there are {types}.", types = EVENT_TYPES.join(", "))]
    Filter(String),
    #[error("Name each type of webhook event once; there are {types}.", types = EVENT_TYPES.len())]
    TooManyFilters,
    #[error("There are {MAX_ENDPOINTS} webhooks already.")]
    TooMany,
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

/// What deliveries need to know.
#[derive(Debug, Clone)]
pub struct WebhookConfig {
    /// Folder of the database.
    pub data: PathBuf,
    /// Endpoints that are put at every start.
    pub targets: Vec<WebhookTarget>,
    /// Webhooks may go to this machine and to private networks.
    pub is_private_allowed: bool,
    /// How long a webhook event is tried before it is a dead letter.
    pub give_up_ms: DurationMs,
    /// The authorities that endpoints are checked against.
    pub tls: Arc<ClientConfig>,
    pub metrics: WebhookMetrics,
}

/// All endpoints. Clones share them.
#[derive(Debug, Clone)]
pub struct Webhooks {
    store: Store,
    archive: Archive,
    newest_event: watch::Receiver<u64>,
    client: WebhookClient,
    changed: Arc<watch::Sender<()>>,
}

impl Webhooks {
    /// Opens the endpoints of a data folder, puts those of the configuration among them, and starts
    /// the deliveries. `newest_event` is the `seq` of the last durable webhook event; `outbox_trim`
    /// gets the last `seq` that no endpoint needs.
    ///
    /// # Errors
    /// If the database cannot be opened.
    pub fn start(
        config: WebhookConfig,
        archive: Archive,
        newest_event: watch::Receiver<u64>,
        outbox_trim: watch::Sender<u64>,
        background: &mut JoinSet<()>,
    ) -> rusqlite::Result<Self> {
        let store = Store::open(&config.data, |connection| {
            numbering::create_tables(connection)?;
            put_flag_endpoints(connection, &config.targets, *newest_event.borrow())
        })?;
        let client = WebhookClient::new(config.is_private_allowed, &config.tls);
        let (numbered_sender, numbered) = watch::channel(0);
        let webhooks = Self {
            store: store.clone(),
            archive: archive.clone(),
            newest_event: newest_event.clone(),
            client: client.clone(),
            changed: Arc::new(watch::Sender::new(())),
        };
        let workers = DeliveryWorkers {
            store: store.clone(),
            archive: archive.clone(),
            numbered,
            client,
            metrics: config.metrics,
            give_up_ms: config.give_up_ms,
        };
        let numbering = Numbering { store, archive, newest_event, numbered: numbered_sender, outbox_trim };
        background.spawn(numbering.run());
        background.spawn(workers.run(webhooks.changed.subscribe()));
        Ok(webhooks)
    }

    /// Makes or changes an endpoint; says whether it was made.
    ///
    /// # Errors
    /// If it is not one that webhooks can or may go to.
    pub async fn put(&self, name: WebhookName, put: PutWebhook) -> Result<(WebhookInfo, bool), WebhookError> {
        let url = address(&put.url)?;
        if matches!(self.client.destination(&url), Err(PostError::Private)) {
            return Err(WebhookError::Private);
        }
        if let Some(unknown) = put.filters.iter().find(|filter| !EVENT_TYPES.contains(&filter.as_str())) {
            return Err(WebhookError::Filter(unknown.clone()));
        }
        if put.filters.len() > EVENT_TYPES.len() {
            return Err(WebhookError::TooManyFilters);
        }
        let given = put.secret.as_deref().map(read_secret).transpose()?;
        let newest = *self.newest_event.borrow();
        let written = self.store.run(move |connection| {
            let existing = store::endpoint(connection, name.as_str())?;
            if existing.is_none() && store::endpoints(connection)?.len() >= MAX_ENDPOINTS {
                return Ok(None);
            }
            let is_new = existing.is_none();
            let made = (is_new && given.is_none()).then(make_secret);
            let secret = given.or_else(|| made.clone());
            let before = existing.unwrap_or_else(|| Endpoint::new(&name, &url, newest));
            let endpoint = Endpoint { url, filters: put.filters, is_enabled: put.is_enabled, ..before };
            let endpoint = with_secret(endpoint, secret, is_new);
            keep_changed(connection, &endpoint)?;
            let secret = made.as_ref().map(write_secret);
            Ok(Some((WebhookInfo { secret, ..info(&endpoint, name) }, is_new)))
        });
        let answer = written.await?.ok_or(WebhookError::TooMany)?;
        self.changed.send_replace(());
        Ok(answer)
    }

    pub async fn list(&self) -> Result<WebhookList, WebhookError> {
        let endpoints = self.store.run(|connection| store::endpoints(connection)).await?;
        let named =
            |endpoint: &Endpoint| Some(info(endpoint, WebhookName::from_stored(&endpoint.name).ok()?));
        Ok(WebhookList { webhooks: endpoints.iter().filter_map(named).collect() })
    }

    pub async fn get(&self, name: WebhookName) -> Result<WebhookInfo, WebhookError> {
        let key = name.clone();
        let found = self.store.run(move |connection| store::endpoint(connection, key.as_str())).await?;
        Ok(info(&found.ok_or(WebhookError::NotExist)?, name))
    }

    pub async fn delete(&self, name: WebhookName) -> Result<(), WebhookError> {
        let is_gone =
            self.store.run(move |connection| store::delete_endpoint(connection, name.as_str())).await?;
        self.changed.send_replace(());
        if is_gone { Ok(()) } else { Err(WebhookError::NotExist) }
    }

    /// One page, newest first, of those before this `seq`.
    pub async fn deliveries(
        &self,
        name: WebhookName,
        status: Option<DeliveryStatus>,
        before: u64,
        count: u32,
    ) -> Result<DeliveryPage, WebhookError> {
        self.get(name.clone()).await?;
        let read = move |connection: &mut Connection| {
            store::deliveries(connection, name.as_str(), status, before, count + 1)
        };
        let mut deliveries = self.store.run(read).await?;
        let is_more = deliveries.len() > count as usize;
        deliveries.truncate(count as usize);
        let last = deliveries.last().filter(|_| is_more);
        let cursor = last.map_or_else(String::new, |delivery| delivery.seq.to_string());
        Ok(DeliveryPage { deliveries, cursor })
    }

    /// Delivers once more what was delivered or given up.
    pub async fn replay(
        &self,
        name: WebhookName,
        replay: ReplayWebhooks,
    ) -> Result<WebhookInfo, WebhookError> {
        let newest = *self.newest_event.borrow();
        let position = match replay {
            ReplayWebhooks::FromSeq(seq) => Some(seq.saturating_sub(1).min(newest)),
            ReplayWebhooks::FromAt(at) => Some(
                self.archive
                    .first_event_since(at.min(limits::MAX_SAFE_INTEGER))
                    .await?
                    .map_or(newest, |seq| seq - 1),
            ),
            ReplayWebhooks::DeadLetters(_) => None,
        };
        let replayed = self.store.run(move |connection| {
            let Some(before) = store::endpoint(connection, name.as_str())? else { return Ok(None) };
            match position {
                Some(position) => store::forget_after(connection, name.as_str(), position)?,
                None => store::revive_dead(connection, name.as_str(), now())?,
            }
            let endpoint = Endpoint { position: position.unwrap_or(before.position), ..before };
            keep_changed(connection, &endpoint)?;
            Ok(Some(info(&endpoint, name)))
        });
        let answer = replayed.await?.ok_or(WebhookError::NotExist)?;
        self.changed.send_replace(());
        Ok(answer)
    }

    /// How many webhook events wait for each endpoint, those that it does not want included.
    pub async fn undelivered(&self) -> rusqlite::Result<Vec<(String, u64)>> {
        let newest = *self.newest_event.borrow();
        let endpoints = self.store.run(|connection| store::endpoints(connection)).await?;
        let behind = |endpoint: Endpoint| (endpoint.name, newest.saturating_sub(endpoint.position));
        Ok(endpoints.into_iter().map(behind).collect())
    }
}

/// Stores an endpoint that was changed by a request or a flag. A new worker replaces the former one
/// and tries what waits at once.
fn keep_changed(connection: &Connection, endpoint: &Endpoint) -> rusqlite::Result<()> {
    let revision = endpoint.revision + 1;
    store::put_endpoint(connection, &Endpoint { revision, due_since: now(), ..endpoint.clone() })?;
    store::hurry_pending(connection, &endpoint.name, now())
}

/// With this secret; the one before signs for a while longer.
fn with_secret(endpoint: Endpoint, secret: Option<Secret>, is_new: bool) -> Endpoint {
    match secret {
        Some(secret) if is_new => Endpoint { secret, ..endpoint },
        Some(secret) if secret != endpoint.secret => {
            let previous_secret = Some((endpoint.secret.clone(), now() + SECRET_OVERLAP_MS));
            Endpoint { secret, previous_secret, ..endpoint }
        }
        Some(_) | None => endpoint,
    }
}

/// The endpoints of the flags are put at every start, with what was given there.
fn put_flag_endpoints(
    connection: &Connection,
    targets: &[WebhookTarget],
    newest: u64,
) -> rusqlite::Result<()> {
    for (index, target) in targets.iter().enumerate() {
        let name =
            if index == 0 { FLAG_ENDPOINT.to_owned() } else { format!("{FLAG_ENDPOINT}-{}", index + 1) };
        let existing = store::endpoint(connection, &name)?;
        let is_new = existing.is_none();
        let name = WebhookName::new(name).expect("the name above is an id");
        let before = existing.unwrap_or_else(|| Endpoint::new(&name, &target.url, newest));
        let endpoint = Endpoint { url: target.url.clone(), is_enabled: true, ..before };
        keep_changed(connection, &with_secret(endpoint, Some(target.secret.clone()), is_new))?;
    }
    Ok(())
}

fn info(endpoint: &Endpoint, name: WebhookName) -> WebhookInfo {
    WebhookInfo {
        name,
        url: endpoint.url.to_string(),
        filters: endpoint.filters.clone(),
        is_enabled: endpoint.is_enabled,
        position: endpoint.position,
        previous_secret_until: endpoint
            .previous_secret
            .as_ref()
            .map(|(_, until)| *until)
            .filter(|until| *until > now()),
        secret: None,
    }
}
