//! The REST client: sends a score update to the server.

use std::{fmt, time::Duration};

use anyhow::{Context, Result};
use axum::http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use bytes::Bytes;
use duelcast_protocol::{BattleId, rest::ScoreUpdate};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

const TIMEOUT: Duration = Duration::from_secs(5);
/// An answer that is longer is cut off in the log.
const MAX_ANSWER_BYTES: usize = 4_096;

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
    client: Client<HttpConnector, Full<Bytes>>,
    server: Uri,
    authorization: HeaderValue,
}

impl Scores {
    /// # Errors
    /// If the address does not start with `http://`, or the token is no header value.
    pub fn new(server: Uri, token: &str) -> Result<Self> {
        anyhow::ensure!(
            server.scheme_str() == Some("http"),
            "--server takes an address that starts with http://"
        );
        let mut authorization =
            HeaderValue::from_str(&format!("Bearer {token}")).context("--token is not a token")?;
        authorization.set_sensitive(true);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build_http(), server, authorization })
    }

    /// Sends an update; the same key never counts twice.
    pub async fn update(&self, battle_id: &BattleId, key: &str, update: &ScoreUpdate) -> Result<(), Refusal> {
        let request =
            self.request(battle_id, key, update).map_err(|error| Refusal::Final(format!("{error:#}")))?;
        let response = tokio::time::timeout(TIMEOUT, self.client.request(request))
            .await
            .map_err(|_| Refusal::TryAgain("the server does not answer".to_owned()))?
            .map_err(|error| Refusal::TryAgain(format!("the server cannot be reached: {error}")))?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await;
        let body = body.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        let reason = format!("{status}: {}", String::from_utf8_lossy(&body));
        Err(if may_try_again(status) { Refusal::TryAgain(reason) } else { Refusal::Final(reason) })
    }

    fn request(&self, battle_id: &BattleId, key: &str, update: &ScoreUpdate) -> Result<Request<Full<Bytes>>> {
        let base = self.server.to_string();
        Ok(Request::builder()
            .method(Method::POST)
            .uri(format!("{}/v1/battles/{battle_id}/scores", base.trim_end_matches('/')))
            .header(header::AUTHORIZATION, &self.authorization)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", key)
            .body(Full::from(serde_json::to_vec(update)?))?)
    }
}

fn may_try_again(status: StatusCode) -> bool {
    status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
}
