//! Posting one webhook.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, StatusCode, header};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::time::timeout;

use super::{WebhookTarget, signature::sign};

/// How long an endpoint may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum PostError {
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(#[from] hyper_util::client::legacy::Error),
    #[error("the endpoint answered {0}")]
    Refused(StatusCode),
    #[error("the endpoint did not answer in time")]
    TimedOut,
}

pub(super) struct WebhookClient(Client<HttpConnector, Full<Bytes>>);

impl WebhookClient {
    pub(super) fn new() -> Self {
        Self(Client::builder(TokioExecutor::new()).build_http())
    }

    /// Done when the endpoint answers with a success.
    pub(super) async fn post(&self, target: &WebhookTarget, id: &str, body: &str) -> Result<(), PostError> {
        let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let request = Request::post(&target.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", sign(&target.secret, id, timestamp, body))
            .body(Full::from(body.to_owned()))
            .expect("an address that was checked and plain headers make a request");
        let answer =
            timeout(ANSWER_TIMEOUT, self.0.request(request)).await.map_err(|_| PostError::TimedOut)??;
        if answer.status().is_success() { Ok(()) } else { Err(PostError::Refused(answer.status())) }
    }
}
