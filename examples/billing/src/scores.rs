//! The REST client: sends score updates to the server and asks what it knows of a battle.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri, header};
use bytes::Bytes;
use duelcast_protocol::{
    BattleId, BattleInfo,
    rest::{LedgerEntry, LedgerPage, ScoreUpdate},
};
use http_body_util::{BodyExt, Collected, Limited};
use reqwest::{Client, RequestBuilder, redirect::Policy};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde::de::DeserializeOwned;

const TIMEOUT: Duration = Duration::from_secs(5);
/// A page of the ledger is the longest answer.
const MAX_ANSWER_BYTES: usize = 1_024 * 1_024;

/// Why an update was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// The same update may be taken a little later.
    TryAgain(String),
    /// It never will be.
    Final(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TryAgain(reason) | Self::Final(reason) => f.write_str(reason),
        }
    }
}

/// The score API of one server.
pub struct Scores {
    client: Client,
    server: Uri,
    authorization: HeaderValue,
}

impl Scores {
    /// # Errors
    /// If the address is not one of HTTP or HTTPS, or the token is no header value.
    pub fn new(server: Uri, token: &str) -> Result<Self> {
        anyhow::ensure!(
            matches!(server.scheme_str(), Some("http" | "https")),
            "--server takes an address that starts with http:// or https://"
        );
        let mut authorization =
            HeaderValue::from_str(&format!("Bearer {token}")).context("--token is not a token")?;
        authorization.set_sensitive(true);
        Ok(Self { client: http_client(), server, authorization })
    }

    /// Sends an update; the same key never counts twice.
    ///
    /// # Errors
    /// If the server does not take it.
    pub async fn update(&self, battle_id: &BattleId, key: &str, update: &ScoreUpdate) -> Result<(), Refusal> {
        let body = serde_json::to_vec(update).map_err(|error| Refusal::Final(error.to_string()))?;
        let request =
            self.request(Method::POST, &format!("{battle_id}/scores")).header("idempotency-key", key);
        self.send(request.body(body)).await?;
        Ok(())
    }

    /// # Errors
    /// If the server does not say.
    pub async fn battle(&self, battle_id: &BattleId) -> Result<BattleInfo, Refusal> {
        self.get(battle_id.as_str()).await
    }

    /// Every entry so far.
    ///
    /// # Errors
    /// If the server does not say.
    pub async fn ledger(&self, battle_id: &BattleId) -> Result<Vec<LedgerEntry>, Refusal> {
        let mut entries = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: LedgerPage = self.get(&format!("{battle_id}/ledger?cursor={cursor}")).await?;
            entries.extend(page.entries);
            if page.cursor.is_empty() {
                return Ok(entries);
            }
            cursor = page.cursor;
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Refusal> {
        let answer = self.send(self.request(Method::GET, path)).await?;
        serde_json::from_slice(&answer)
            .map_err(|error| Refusal::TryAgain(format!("the server's answer cannot be read: {error}")))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Bytes, Refusal> {
        let unreachable = |error: &(dyn Error + 'static)| {
            Refusal::TryAgain(format!("the server cannot be reached: {}", cause(error)))
        };
        let response = request.send().await.map_err(|error| unreachable(&error))?;
        let status = response.status();
        let body = Limited::new(Response::from(response).into_body(), MAX_ANSWER_BYTES).collect().await;
        if status.is_success() {
            return Ok(body.map_err(|error| unreachable(&*error))?.to_bytes());
        }
        let body = body.map(Collected::to_bytes).unwrap_or_default();
        let reason = format!("{status}: {}", String::from_utf8_lossy(&body));
        Err(if may_try_again(status) { Refusal::TryAgain(reason) } else { Refusal::Final(reason) })
    }

    /// A request about battles.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let base = self.server.to_string();
        self.client
            .request(method, format!("{}/v1/battles/{path}", base.trim_end_matches('/')))
            .header(header::AUTHORIZATION, &self.authorization)
            .header(header::CONTENT_TYPE, "application/json")
    }
}

/// A client that keeps connections and believes the authorities that browsers believe.
pub fn http_client() -> Client {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .timeout(TIMEOUT)
        .build()
        .expect("these settings need nothing of the system")
}

/// What the first of the errors says that led to this one.
fn cause(mut error: &(dyn Error + 'static)) -> String {
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

fn may_try_again(status: StatusCode) -> bool {
    status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
}
