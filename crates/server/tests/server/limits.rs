//! A client over a rate limit gets the time of its next attempt; other clients are not affected.

use duelcast_server::{
    admission::{Rate, RateLimit},
    auth::ApiKey,
    config::Config,
};
use hyper::{Method, Response, StatusCode, body::Incoming};
use ipnet::IpNet;
use serde_json::{Value, json};

use super::{
    client::Client,
    host::{Host, api_key, service_token, user_token},
    http::Http,
};

/// So many attempts take less time than the bucket needs to fill again as often.
const ATTEMPTS: usize = 60;
const SLOW: RateLimit = RateLimit::At(Rate::new(1, 3));
const OTHER_KEY: &str = "desk:0123456789abcdef0123456789abcdef";

/// All of the tests are clients on this machine.
fn strict(config: &mut Config) {
    config.admission.spares_loopback = false;
}

fn behind_proxy(config: &mut Config) {
    config.admission.trusted_proxies = vec![IpNet::from(config.listen.ip())];
    config.admission.per_address = SLOW;
}

/// The first refusal among many attempts.
async fn refusal(http: &Http, method: Method, path: &str, body: &str) -> Response<Incoming> {
    for _ in 0..ATTEMPTS {
        let answer = http.raw(method.clone(), path, body.to_owned().into()).await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            return answer;
        }
    }
    panic!("nobody refuses {path}");
}

async fn refusals(host: &Host, door: &str) -> u64 {
    let metrics = host.http().get("/metrics").await.body;
    let line = format!("duelcast_refusals{{door=\"{door}\"}} ");
    let count = metrics.as_str().unwrap().lines().find_map(|text| text.strip_prefix(&line)).unwrap();
    count.parse().unwrap()
}

#[tokio::test]
async fn a_key_that_asks_too_often_is_told_when_to_come_again_and_another_key_is_not() {
    let host = Host::start_with(|config| {
        config.admission.per_key = SLOW;
        config.api_keys.push(OTHER_KEY.parse().unwrap());
    })
    .await;
    let answer = refusal(&host.http(), Method::GET, "/v1/lives", "").await;
    let retry_after: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(retry_after >= 1 && answer.headers().contains_key("x-request-id"));
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let other: ApiKey = OTHER_KEY.parse().unwrap();
    let other = Http::new(host.addr()).with_token(&service_token(&other));
    assert_eq!(other.get("/v1/lives").await.status, 200);
}

#[tokio::test]
async fn the_problem_has_the_name_and_the_wait_of_the_socket_protocol() {
    let host = Host::start_with(|config| config.admission.per_key = SLOW).await;
    let mut answer = host.http().get("/v1/lives").await;
    for _ in 0..ATTEMPTS {
        if answer.status == 429 {
            break;
        }
        answer = host.http().get("/v1/lives").await;
    }
    assert_eq!((&answer.body["name"], &answer.body["code"]), (&json!("tooFrequent"), &json!(100_405)));
    assert!((1..=1_000).contains(&answer.body["retryAfterMs"].as_u64().unwrap()), "{answer:?}");
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_measure() {
    let host = Host::start_with(behind_proxy).await;
    let one = Http::new(host.addr()).with("x-forwarded-for", "203.0.113.1");
    let another = Http::new(host.addr()).with("x-forwarded-for", "1.2.3.4, 203.0.113.2");
    refusal(&one, Method::GET, "/healthz", "").await;
    assert_eq!(another.get("/healthz").await.status, 200);
    assert!(refusals(&host, "address").await >= 1);
}

#[tokio::test]
async fn an_untrusted_proxy_cannot_set_the_client_address() {
    let host = Host::start_with(|config| {
        strict(config);
        config.admission.per_address = SLOW;
    })
    .await;
    let mut statuses = Vec::new();
    for number in 0..ATTEMPTS {
        let http = Http::new(host.addr()).with("x-forwarded-for", &format!("203.0.113.{number}"));
        statuses.push(http.get("/healthz").await.status.as_u16());
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn a_token_that_is_no_good_counts_for_the_address() {
    let host = Host::start_with(|config| {
        strict(config);
        config.admission.per_address = SLOW;
    })
    .await;
    refusal(&Http::new(host.addr()).with_token("guess"), Method::GET, "/v1/lives", "").await;
    assert_eq!(host.http().get("/v1/lives").await.status, 200, "the key has its own measure");
}

#[tokio::test]
async fn a_user_who_commands_too_often_is_refused_and_stays_connected() {
    let host = Host::start_with(|config| config.admission.per_user = SLOW).await;
    let mut ann = host.user("ann").await;
    let command = r#"{"jsonrpc":"2.0","id":"c","method":"leaveSeat","params":{"liveId":"none"}}"#;
    let mut refused = None;
    for _ in 0..ATTEMPTS {
        ann.say(command).await;
        let answer: Value = serde_json::from_str(&ann.next_text().await).unwrap();
        if answer["error"]["code"] == 100_405 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    assert!(refused["error"]["data"]["retryAfterMs"].as_u64() >= Some(1), "{refused}");
    ann.say(r#"{"jsonrpc":"2.0","id":"p","method":"ping"}"#).await;
    assert!(ann.next_text().await.contains("serverTime"));
    assert!(refusals(&host, "user").await >= 1);
}

#[tokio::test]
async fn a_user_cannot_log_in_over_and_over() {
    let host = Host::start_with(|config| config.admission.per_user = SLOW).await;
    let login = json!({
        "jsonrpc": "2.0", "id": 1, "method": "login", "params": { "token": user_token(&api_key(), "ann") },
    });
    let mut codes = Vec::new();
    for _ in 0..ATTEMPTS {
        let mut client = Client::connect(host.addr()).await;
        client.say(&login.to_string()).await;
        let answer: Value = serde_json::from_str(&client.next_text().await).unwrap();
        codes.push(answer["error"]["code"].clone());
    }
    assert!(codes.contains(&json!(100_405)), "{codes:?}");
}

#[tokio::test]
async fn an_address_has_only_so_many_sockets_at_once() {
    let host = Host::start_with(|config| {
        strict(config);
        config.admission.sockets_per_address = 2;
    })
    .await;
    let (first, _second) = (Client::connect(host.addr()).await, Client::connect(host.addr()).await);
    let third = Client::try_connect(host.addr(), None).await;
    assert!(third.is_err_and(|error| error.to_string().contains("429")));
    assert_eq!(refusals(&host, "socket").await, 1);
    drop(first);
    while Client::try_connect(host.addr(), None).await.is_err() {}
}

#[tokio::test]
async fn guests_of_one_address_get_only_so_many_tokens() {
    let host = Host::start_with(|config| {
        strict(config);
        config.demo = true;
        config.admission.per_address = RateLimit::Off;
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..300 {
        let answer = Http::new(host.addr()).post("/v1/demo/token", json!({ "userName": "Ann" })).await;
        statuses.push(answer.status.as_u16());
        if answer.status == 429 {
            break;
        }
    }
    assert!(statuses.len() > 100 && statuses.contains(&429), "{} tokens", statuses.len());
}

#[tokio::test]
async fn a_body_or_a_head_that_is_too_large_is_refused() {
    let host = Host::start().await;
    let body = "x".repeat(64 * 1_024 + 1);
    let answer = host.http().send(Method::POST, "/v1/tokens", body.into()).await;
    assert_eq!((answer.status.as_u16(), &answer.body["name"]), (413, &json!("invalidRequest")));
    let long = host.http().with("x-long", &"x".repeat(17 * 1_024));
    assert_eq!(long.get("/v1/lives").await.status, 431);
}
