//! Request ids: taken or made, in the answer's header, in the log, and in every problem.

use std::time::Instant;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use duelcast_secrets::random;
use tracing::Instrument;

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

/// Gives the request an id: the caller's, if it is well-formed.
pub(super) async fn identify(request: Request, next: Next) -> Response {
    let id = given(request.headers()).unwrap_or_else(random::id);
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let value = HeaderValue::from_str(&id).expect("letters, digits and -_. make a header value");
    let answer = CURRENT.scope(id, logged(next.run(request)));
    let mut response = answer.instrument(span).await;
    response.headers_mut().insert(HEADER, value);
    response
}

async fn logged(answer: impl Future<Output = Response>) -> Response {
    let started = Instant::now();
    let response = answer.await;
    let elapsed_us = started.elapsed().as_micros();
    tracing::debug!(status = response.status().as_u16(), elapsed_us, "answered");
    response
}

fn given(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(HEADER)?.to_str().ok()?;
    let is_fit = (1..=MAX_ID_BYTES).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    is_fit.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_with_other_characters_or_too_long_is_not_taken() {
        let with = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_str(id).unwrap());
            given(&headers)
        };
        assert_eq!(with("0f-a_B.1").as_deref(), Some("0f-a_B.1"));
        for unfit in ["", "a b", "a\"b", &"x".repeat(MAX_ID_BYTES + 1)] {
            assert_eq!(with(unfit), None, "{unfit:?}");
        }
    }
}
