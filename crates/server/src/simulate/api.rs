//! The few requests that are needed.

use std::{path::Path, time::Duration};

use bytes::Bytes;
use duelcast_protocol::{
    BattleId, BattleInfo,
    rest::{LedgerEntry, LedgerPage, ScoreChange, ScoreOp, ScoreSource, ScoreUpdate},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Method, Request, StatusCode, Uri, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::de::DeserializeOwned;
use tokio::time::{sleep, timeout};

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
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
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
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config((*tls).clone())
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
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

    async fn attempt(&self, request: Request<Full<Bytes>>) -> Result<HttpAnswer, String> {
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| error.to_string())?;
            let status = response.status();
            let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await;
            Ok(HttpAnswer { status, body: body.map_err(|error| error.to_string())?.to_bytes() })
        };
        timeout(TIMEOUT, exchange).await.map_err(|_| "no answer in time".to_owned())?
    }

    fn request(&self, method: &Method, path: &str, key: Option<&str>, body: Bytes) -> Request<Full<Bytes>> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(header::AUTHORIZATION, &self.authorization)
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.body(Full::from(body)).expect("an address that was checked and plain headers make a request")
    }
}

/// Whether the same request may be taken a little later.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}
