//! The few requests that are needed.

use std::{error::Error, path::Path, time::Duration};

use bytes::Bytes;
use duelcast_protocol::{
    BattleId, BattleInfo,
    rest::{LedgerEntry, LedgerPage, ScoreChange, ScoreOp, ScoreSource, ScoreUpdate},
};
use http_body_util::{BodyExt, Limited};
use hyper::{Method, StatusCode, Uri, header};
use reqwest::{Client, RequestBuilder, redirect::Policy};
use serde::de::DeserializeOwned;
use tokio::time::sleep;

use super::{SimulateError, plan::Gift};
use crate::tls;

const TIMEOUT: Duration = Duration::from_secs(15);
/// Attempts of one request, with the same key.
const MAX_ATTEMPTS: u32 = 8;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const MAX_ANSWER_BYTES: usize = 4 * 1_024 * 1_024;

/// Status and body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HttpAnswer {
    pub status: StatusCode,
    pub body: Bytes,
}

/// One battle of one server.
pub(super) struct Api {
    client: Client,
    base: String,
    authorization: String,
}

impl Api {
    /// `ca`: a file of authorities to believe besides those that browsers believe.
    pub(super) fn new(
        server: &str,
        token: &str,
        battle: &BattleId,
        ca: Option<&Path>,
    ) -> Result<Self, SimulateError> {
        let address: Option<Uri> = server.parse().ok();
        let is_http = |uri: &Uri| matches!(uri.scheme_str(), Some("http" | "https"));
        if !address.as_ref().is_some_and(is_http) {
            return Err(SimulateError(format!(
                "{server} is no address of a server: write https://host or http://host:port."
            )));
        }
        let tls = tls::client_config(ca).map_err(|error| SimulateError(error.to_string()))?;
        let client = Client::builder()
            .tls_backend_preconfigured((*tls).clone())
            .redirect(Policy::none())
            .timeout(TIMEOUT)
            .build()
            .expect("these settings need nothing of the system");
        Ok(Self {
            client,
            base: format!("{}/v1/battles/{battle}", server.trim_end_matches('/')),
            authorization: format!("Bearer {token}"),
        })
    }

    pub(super) async fn battle(&self) -> Result<BattleInfo, SimulateError> {
        self.get("").await
    }

    pub(super) async fn ledger(&self) -> Result<Vec<LedgerEntry>, SimulateError> {
        let mut entries = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: LedgerPage = self.get(&format!("/ledger?cursor={cursor}")).await?;
            entries.extend(page.entries);
            if page.cursor.is_empty() {
                return Ok(entries);
            }
            cursor = page.cursor;
        }
    }

    /// The last answer, after what a careful back end would do: trying again with the same key.
    pub(super) async fn add(&self, gift: &Gift, value: i64) -> Result<HttpAnswer, SimulateError> {
        let source = ScoreSource { gift_id: "simulated".to_owned(), ..ScoreSource::default() };
        let update = ScoreUpdate {
            op: ScoreOp::Add,
            occurred_at: gift.occurred_at,
            source: Some(source),
            reverses: None,
            scores: vec![ScoreChange { live_id: Some(gift.live.clone()), user_id: None, value }],
        };
        let body = serde_json::to_vec(&update).expect("our own types serialize");
        self.send(Method::POST, "/scores", Some(&gift.key), body.into()).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, SimulateError> {
        let answer = self.send(Method::GET, path, None, Bytes::new()).await?;
        if !answer.status.is_success() {
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(SimulateError(format!("{}{path} answers {}: {body}", self.base, answer.status)));
        }
        serde_json::from_slice(&answer.body)
            .map_err(|error| SimulateError(format!("{}{path} answers something else: {error}", self.base)))
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Bytes,
    ) -> Result<HttpAnswer, SimulateError> {
        let mut pause = FIRST_PAUSE;
        let mut failure = String::new();
        for _ in 0..MAX_ATTEMPTS {
            match self.attempt(self.request(&method, path, key, body.clone())).await {
                Ok(answer) if !is_passing(answer.status) => return Ok(answer),
                Ok(answer) => failure = answer.status.to_string(),
                Err(reason) => failure = reason,
            }
            sleep(pause).await;
            pause *= 2;
        }
        Err(SimulateError(format!("{}{path} cannot be reached: {failure}", self.base)))
    }

    async fn attempt(&self, request: RequestBuilder) -> Result<HttpAnswer, String> {
        let response = request.send().await.map_err(|error| cause(&error))?;
        let status = response.status();
        let body = hyper::Response::from(response).into_body();
        let body = Limited::new(body, MAX_ANSWER_BYTES).collect().await;
        Ok(HttpAnswer { status, body: body.map_err(|error| cause(&*error))?.to_bytes() })
    }

    fn request(&self, method: &Method, path: &str, key: Option<&str>, body: Bytes) -> RequestBuilder {
        let mut request = self
            .client
            .request(method.clone(), format!("{}{path}", self.base))
            .header(header::AUTHORIZATION, &self.authorization)
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.body(body)
    }
}

/// What the first of the errors says that led to this one.
fn cause(mut error: &(dyn Error + 'static)) -> String {
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// Whether the same request may be taken a little later.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}
