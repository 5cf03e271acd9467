//! Who may do what: every route and every kind of caller, with the answer they get.

use std::time::Duration;

use duelcast_protocol::{UpdateLiveInfo, UserId};
use duelcast_server::auth::{self, ApiKey, Claims};
use hyper::Method;
use serde_json::{Value, json};

use super::{
    client::live_id,
    duel::{connected, start},
    host::{Host, api_key, service_token, user_token},
    http::Http,
};

const TTL: Duration = Duration::from_secs(3_600);

fn expired() -> String {
    let key = api_key();
    let claims = Claims::new(&key.id, UserId::new("service").unwrap(), "", TTL);
    auth::mint(&key, &Claims { service: true, exp: claims.exp - 7_200, ..claims })
}

fn wrong_key() -> String {
    let key: ApiKey = format!("billing:{}", "x".repeat(32)).parse().unwrap();
    service_token(&key)
}

/// Callers of REST, each with the status that a route which needs a service gives.
fn callers() -> [(&'static str, Option<String>, Option<u16>); 8] {
    let key = api_key();
    [
        ("no token", None, Some(401)),
        ("expired", Some(expired()), Some(401)),
        ("wrong key", Some(wrong_key()), Some(401)),
        ("viewer", Some(user_token(&key, "eve")), Some(403)),
        ("other room's owner", Some(user_token(&key, "bob")), Some(403)),
        ("owner", Some(user_token(&key, "ann")), Some(403)),
        ("admin", Some(user_token(&key, "dan")), Some(403)),
        ("service", Some(service_token(&key)), None),
    ]
}

/// A route, a body, and what a service gets.
type Route = (Method, String, Value, u16);

fn routes(battle: &str) -> Vec<Route> {
    let scores = json!({ "op": "add", "scores": [{ "liveId": "red", "value": 1 }] });
    let get = |path: &str| (Method::GET, path.to_owned(), Value::Null, 200);
    let mut routes: Vec<Route> = [
        "/v1/lives",
        "/v1/lives/red",
        "/v1/lives/red/battle",
        "/v1/battles",
        &format!("/v1/battles/{battle}"),
        &format!("/v1/battles/{battle}/ledger"),
        &format!("/v1/battles/{battle}/contributors"),
        "/metrics",
    ]
    .map(get)
    .into();
    routes.extend([
        (Method::POST, "/v1/lives/red/kicks".to_owned(), json!({ "userId": "eve" }), 204),
        (Method::GET, "/v1/lives/red/bans".to_owned(), Value::Null, 200),
        (Method::PUT, "/v1/lives/red/bans/eve".to_owned(), json!({}), 200),
        (Method::DELETE, "/v1/lives/red/bans/eve".to_owned(), Value::Null, 204),
        (Method::GET, "/v1/lives/red/mutes".to_owned(), Value::Null, 200),
        (Method::PUT, "/v1/lives/red/mutes/eve".to_owned(), json!({}), 204),
        (Method::DELETE, "/v1/lives/red/mutes/eve".to_owned(), Value::Null, 204),
        (Method::GET, "/v1/bans".to_owned(), Value::Null, 200),
        (Method::PUT, "/v1/bans/eve".to_owned(), json!({}), 200),
        (Method::DELETE, "/v1/bans/eve".to_owned(), Value::Null, 204),
        (Method::POST, format!("/v1/battles/{battle}/scores"), scores, 200),
        (Method::POST, "/v1/tokens".to_owned(), json!({ "userId": "eve" }), 201),
        (Method::POST, format!("/v1/battles/{battle}/end"), json!({}), 200),
        (Method::POST, "/v1/battles".to_owned(), json!({ "liveIds": ["red", "blue"] }), 201),
        (Method::GET, "/v1/webhooks".to_owned(), Value::Null, 200),
        (Method::PUT, "/v1/webhooks/desk".to_owned(), json!({ "url": "http://127.0.0.1:9/" }), 201),
        (Method::GET, "/v1/webhooks/desk".to_owned(), Value::Null, 200),
        (Method::GET, "/v1/webhooks/desk/deliveries".to_owned(), Value::Null, 200),
        (Method::POST, "/v1/webhooks/desk/replay".to_owned(), json!({ "fromSeq": 1 }), 200),
        (Method::DELETE, "/v1/webhooks/desk".to_owned(), Value::Null, 204),
        (Method::DELETE, "/v1/lives/red".to_owned(), Value::Null, 200),
    ]);
    routes
}

#[tokio::test]
async fn every_route_answers_every_caller_as_it_should() {
    let host = Host::start_with(|config| config.webhook_allow_private = true).await;
    let (mut ann, _bob) = connected(&host).await;
    ann.call(appoint("dan")).await.unwrap();
    let battle = start(&host).await;
    for (method, path, body, granted) in routes(&battle) {
        for (caller, token, refused) in callers() {
            let mut http = Http::new(host.addr()).with("idempotency-key", "matrix");
            if let Some(token) = token {
                http = http.with_token(&token);
            }
            let answer = http.send(method.clone(), &path, body.to_string().into()).await;
            let expected = refused.unwrap_or(granted);
            assert_eq!(answer.status.as_u16(), expected, "{method} {path} by {caller}: {answer:?}");
        }
    }
}

fn appoint(admin: &str) -> UpdateLiveInfo {
    UpdateLiveInfo {
        live_id: live_id("red"),
        live_name: None,
        cover_url: None,
        notice: None,
        is_public_visible: None,
        seat_mode: None,
        admin_user_ids: Some(vec![UserId::new(admin).unwrap()]),
    }
}

#[tokio::test]
async fn public_routes_accept_every_caller() {
    let host = Host::start().await;
    for path in ["/healthz", "/readyz", "/openapi.json", "/docs"] {
        for (caller, token, _) in callers() {
            let mut http = Http::new(host.addr());
            if let Some(token) = token {
                http = http.with_token(&token);
            }
            assert_eq!(http.get(path).await.status, 200, "{path} by {caller}");
        }
    }
}

#[tokio::test]
async fn the_table_has_every_route_of_the_document_that_needs_a_token() {
    let host = Host::start().await;
    let document = Http::new(host.addr()).get("/openapi.json").await.body;
    let table: Vec<String> =
        routes("{id}").iter().map(|(method, path, ..)| format!("{method} {}", shape(path))).collect();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let is_open = operation["security"] == json!([{}]);
            let name = format!("{} {}", method.to_uppercase(), shape(path));
            assert!(is_open || table.contains(&name), "{name} is not in the table");
        }
    }
}

/// A path with its ids replaced.
fn shape(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if matches!(part, "red" | "desk" | "eve") || part.starts_with('{') { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
