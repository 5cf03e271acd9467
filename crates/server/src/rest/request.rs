//! Request ids: taken or made, in the answer's header, in the log, and in every problem.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use duelcast_secrets::random;
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::Instrument;

use crate::metrics::RequestMetrics;

pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken from a caller.
const MAX_ID_BYTES: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task answers.
pub(super) fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Makes the ids of requests that bring none.
#[derive(Debug, Clone, Copy)]
pub(super) struct MakeId;

impl MakeRequestId for MakeId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&random::id()).ok().map(RequestId::new)
    }
}

/// Removes a caller's id that is too long, or has characters that logs and answers must not repeat.
pub(super) async fn remove_unfit_id(mut request: Request) -> Request {
    if request.headers().get(HEADER).is_some_and(|id| !is_fit(id)) {
        request.headers_mut().remove(HEADER);
    }
    request
}

/// Answers a request in a span of the log that has its id, and records how long that took.
pub(super) async fn trace(State(metrics): State<RequestMetrics>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let id = id.unwrap_or_default().to_owned();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned());
    let span = tracing::info_span!("request", id, %method, path = request.uri().path());
    let answer = async {
        let started = Instant::now();
        let response = next.run(request).await;
        let elapsed = started.elapsed();
        let elapsed_us = elapsed.as_micros();
        tracing::debug!(status = response.status().as_u16(), elapsed_us, "answered");
        metrics.record(&method, route, response.status(), elapsed);
        response
    };
    CURRENT.scope(id, answer).instrument(span).await
}

fn is_fit(id: &HeaderValue) -> bool {
    let id = id.as_bytes();
    (1..=MAX_ID_BYTES).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_other_characters_or_too_long_is_not_taken() {
        let is_taken = |id: &str| is_fit(&HeaderValue::from_str(id).unwrap());
        assert!(is_taken("0f-a_B.1"));
        for unfit in ["", "a b", "a\"b", &"x".repeat(MAX_ID_BYTES + 1)] {
            assert!(!is_taken(unfit), "{unfit:?}");
        }
    }
}
