//! Two connected lives and a battle between them.

use duelcast_protocol::{AcceptHostConnection, Event, RequestHostConnection};
use serde_json::{Value, json};

use super::{
    client::{Client, live_id},
    host::Host,
    http::HttpAnswer,
};

/// The owners of `red` and `blue`, which are connected.
pub async fn connected(host: &Host) -> (Client, Client) {
    let (mut ann, mut bob) = (host.user("ann").await, host.user("bob").await);
    ann.create_live("red").await;
    bob.create_live("blue").await;
    let request = RequestHostConnection {
        live_id: live_id("red"),
        target_hosts: vec![live_id("blue")],
        layout_template: 1,
        timeout_ms: 10_000,
        extra_info: String::new(),
        battle: None,
    };
    ann.call(request).await.unwrap();
    let accept = AcceptHostConnection { live_id: live_id("blue"), from_host_live_id: live_id("red") };
    bob.call(accept).await.unwrap();
    bob.happened(|event| matches!(event, Event::OnCoHostUserJoined { .. })).await;
    (ann, bob)
}

/// Starts a battle between `red` and `blue` and gives its id.
pub async fn start(host: &Host) -> String {
    let answer = host.http().post("/v1/battles", json!({ "liveIds": ["red", "blue"] })).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["battleId"].as_str().unwrap().to_owned()
}

pub async fn end(host: &Host, battle: &str) -> Value {
    let answer = host.http().post(&format!("/v1/battles/{battle}/end"), json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

/// A gift from this user to the side of this live.
pub async fn gift(host: &Host, battle: &str, key: &str, giver: &str, live: &str, value: i64) -> HttpAnswer {
    let http = host.http().with("idempotency-key", key);
    let body = json!({
        "op": "add",
        "source": { "giftId": "rose", "giverUserId": giver, "giverName": giver },
        "scores": [{ "liveId": live, "value": value }],
    });
    http.post(&format!("/v1/battles/{battle}/scores"), body).await
}
