//! What schemathesis found once, and must not find again.

use serde_json::json;

use super::{duel::connected, host::Host};

async fn put(host: &Host, body: serde_json::Value) -> u16 {
    let answer = host.http().send(hyper::Method::PUT, "/v1/webhooks/w", body.to_string().into()).await;
    answer.status.as_u16()
}

#[tokio::test]
async fn a_replay_from_a_time_that_no_clock_shows_replays_nothing() {
    let host = Host::start().await;
    assert_eq!(put(&host, json!({ "url": "https://billing.example/hook" })).await, 201);
    for at in [1 << 53, u64::from(u32::MAX), i64::MAX as u64 + 1, u64::MAX] {
        let answer = host.http().post("/v1/webhooks/w/replay", json!({ "fromAt": at })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

#[tokio::test]
async fn a_webhook_names_no_more_filters_than_there_are_types() {
    let host = Host::start().await;
    let filters = |count| json!({ "url": "https://billing.example/", "filters": vec!["gift.sent"; count] });
    assert_eq!(put(&host, filters(9)).await, 201);
    assert_eq!(put(&host, filters(10)).await, 400);
}

#[tokio::test]
async fn a_whole_number_with_a_fraction_of_zero_is_an_integer() {
    let host = Host::start().await;
    let minted = host.http().post("/v1/tokens", json!({ "userId": "ann", "ttlMs": 60_000.0 })).await;
    assert_eq!(minted.status, 201, "{minted:?}");
    let broken = host.http().post("/v1/tokens", json!({ "userId": "ann", "ttlMs": 60_000.5 })).await;
    assert_eq!(broken.status, 400, "{broken:?}");
    let _hosts = connected(&host).await;
    let start = json!({ "liveIds": ["red", "blue"], "config": { "durationMs": 60_000.0 } });
    let battle = host.http().post("/v1/battles", start).await;
    assert_eq!((battle.status.as_u16(), &battle.body["config"]["durationMs"]), (201, &json!(60_000)));
}
