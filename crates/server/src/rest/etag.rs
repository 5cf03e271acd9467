//! `ETag` and `If-None-Match` on reads, so that who polls pays for changes only.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use duelcast_protocol::ErrorCode;
use duelcast_secrets::random;
use sha2::{Digest, Sha256};

use super::Problem;

/// Largest answer to a read; the largest page of a ledger is well below.
const MAX_ANSWER_BYTES: usize = 8 * 1_024 * 1_024;
/// Bytes of the hash that make a tag.
const TAG_BYTES: usize = 16;

pub(super) async fn tag(request: Request, next: Next) -> Response {
    let is_read = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if is_read && response.status() == StatusCode::OK {
        tagged(response, known.as_ref()).await
    } else {
        response
    }
}

async fn tagged(response: Response, known: Option<&HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_ANSWER_BYTES).await else {
        return Problem::new(ErrorCode::Internal, "The answer is too large.").into_response();
    };
    let tag = format!("\"{}\"", random::hex(&Sha256::digest(&bytes)[..TAG_BYTES]));
    let is_known = known.and_then(|known| known.to_str().ok()).is_some_and(|known| names(known, &tag));
    mark(&mut parts.headers, &tag);
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, bytes.into())
}

fn mark(headers: &mut HeaderMap, tag: &str) {
    headers.insert(header::ETAG, HeaderValue::from_str(tag).expect("hexadecimal digits in quotes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}

/// Whether an `If-None-Match` names this tag. Weak comparison, as RFC 9110 asks for.
fn names(known: &str, tag: &str) -> bool {
    known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_alone_in_a_list_weak_or_by_a_star() {
        for known in ["\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"] {
            assert!(names(known, "\"a\""), "{known}");
        }
        assert!(!names("\"b\"", "\"a\"") && !names("a", "\"a\""));
    }
}
