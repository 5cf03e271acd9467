//! What every request has: an id, a tag, an origin.

use hyper::Method;
use serde_json::Value;

use super::{host::Host, http::Http};
use http_body_util::BodyExt;

#[tokio::test]
async fn a_request_id_is_taken_or_made_and_named_by_problems() {
    let host = Host::start().await;
    let asked =
        host.http().with("x-request-id", "order-7").raw(Method::GET, "/v1/lives/none", "".into()).await;
    assert_eq!(asked.headers()["x-request-id"], "order-7");
    assert_eq!(asked.headers()["content-type"], "application/problem+json");
    let body: Value = serde_json::from_slice(&asked.into_body().collect().await.unwrap().to_bytes()).unwrap();
    assert_eq!(body["instance"], "urn:duelcast:request:order-7");
    let (one, other) = (made_id(&host).await, made_id(&host).await);
    assert!(one.len() == 20 && one != other);
}

async fn made_id(host: &Host) -> String {
    let answer = host.http().with("x-request-id", "not \"fit").raw(Method::GET, "/v1/lives", "".into()).await;
    answer.headers()["x-request-id"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_read_that_is_known_is_not_sent_again() {
    let host = Host::start().await;
    let first = host.http().raw(Method::GET, "/v1/lives", "".into()).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let known = host.http().with("if-none-match", &tag);
    let again = known.raw(Method::GET, "/v1/lives", "".into()).await;
    assert_eq!((again.status().as_u16(), again.headers()["etag"].to_str().unwrap()), (304, tag.as_str()));
    assert!(again.into_body().collect().await.unwrap().to_bytes().is_empty());
    host.user("ann").await.create_live("red").await;
    assert_eq!(known.raw(Method::GET, "/v1/lives", "".into()).await.status(), 200);
}

#[tokio::test]
async fn pages_of_other_origins_may_use_rest_only_if_they_are_listed() {
    let listed = "https://desk.example";
    let closed = Host::start().await;
    let open = Host::start_with(|config| config.cors_origins = vec![listed.parse().unwrap()]).await;
    for (host, origin, allowed) in
        [(&closed, listed, None), (&open, "https://evil.example", None), (&open, listed, Some(listed))]
    {
        let http = Http::new(host.addr()).with("origin", origin).with("access-control-request-method", "GET");
        let answer = http.raw(Method::OPTIONS, "/v1/lives", "".into()).await;
        let header = answer.headers().get("access-control-allow-origin");
        assert_eq!(header.map(|value| value.to_str().unwrap()), allowed, "{origin}");
    }
}

#[tokio::test]
async fn metrics_are_numbers_for_service_tokens() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let text = host.http().get("/metrics").await.body;
    let text = text.as_str().unwrap();
    for line in [
        "duelcast_sockets 1",
        "duelcast_lives 1",
        "duelcast_battles 0",
        "duelcast_log_lag 0",
        "duelcast_refusals{door=\"key\"} 0",
        "# TYPE duelcast_webhook_undelivered gauge",
        "duelcast_outbox_overflows_total 0",
        "duelcast_resyncs_total 0",
    ] {
        assert!(text.lines().any(|it| it == line), "{line} in {text}");
    }
    for counted in [
        "duelcast_log_entries",
        "duelcast_log_commit_duration_seconds_count",
        "duelcast_engine_apply_duration_seconds_count",
    ] {
        let value = text.lines().find_map(|line| line.strip_prefix(counted)?.trim().parse::<u64>().ok());
        assert!(value.is_some_and(|value| value > 0), "{counted} in {text}");
    }
    assert_eq!(Http::new(host.addr()).get("/metrics").await.status, 401);
}

#[tokio::test]
async fn requests_are_measured_by_the_template_of_their_route() {
    let host = Host::start().await;
    for path in ["/v1/lives/one", "/v1/lives/two", "/nothing"] {
        assert_eq!(host.http().get(path).await.status, 404);
    }
    let text = host.http().get("/metrics").await.body;
    let text = text.as_str().unwrap();
    for (route, count) in [("/v1/lives/{liveId}", 2), ("other", 1)] {
        let labels = format!("{{method=\"GET\",route=\"{route}\",status=\"404\"}}");
        let line = format!("duelcast_http_request_duration_seconds_count{labels} {count}");
        assert!(text.lines().any(|it| it == line), "{line} in {text}");
    }
}
