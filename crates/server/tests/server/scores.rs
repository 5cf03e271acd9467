//! Scores over REST: once, and accounted for.

use duelcast_protocol::BattleConfig;
use serde_json::json;

use super::{
    battles::{add_score, connected_hosts, fight},
    host::Host,
};

#[tokio::test]
async fn a_retried_score_counts_once() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    let path = format!("/v1/battles/{battle}/scores");
    let http = host.http().with("idempotency-key", "gift-1");
    let body = json!({ "op": "add", "scores": [{ "userId": "ann", "value": 50 }] });
    let first = http.post(&path, body.clone()).await;
    assert_eq!((first.status.as_u16(), first.body["scores"][0]["score"].as_u64()), (200, Some(50)));
    assert_eq!(http.post(&path, body).await, first);
    let other = json!({ "op": "add", "scores": [{ "userId": "ann", "value": 51 }] });
    let conflict = http.post(&path, other).await;
    assert_eq!(
        (conflict.status.as_u16(), conflict.body["name"].as_str()),
        (409, Some("idempotencyConflict"))
    );
    let info = host.http().get(&format!("/v1/battles/{battle}")).await.body;
    assert_eq!(info["sides"][0]["score"], 50);
}

#[tokio::test]
async fn the_ledger_says_who_gave_what_and_why() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    add_score(&host, &battle, "plain", 10).await;
    let body = json!({
        "op": "add",
        "source": { "giftId": "rose", "giverUserId": "eve", "count": 3 },
        "scores": [{ "liveId": "blue", "value": 5 }, { "liveId": "red", "value": 1 }],
    });
    let http = host.http().with("idempotency-key", "gift");
    assert_eq!(http.post(&format!("/v1/battles/{battle}/scores"), body).await.status, 200);
    let ledger = host.http().get(&format!("/v1/battles/{battle}/ledger")).await.body;
    let lines = ledger["entries"].as_array().unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!((lines[0]["before"].as_u64(), lines[0]["after"].as_u64()), (Some(0), Some(10)));
    assert_eq!((&lines[1]["source"]["giverUserId"], &lines[1]["keyId"]), (&json!("eve"), &json!("billing")));
    assert_eq!(ledger["cursor"], "");
    let rest = host.http().get(&format!("/v1/battles/{battle}/ledger?cursor=2")).await.body;
    assert_eq!(rest["entries"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_score_update_needs_its_key_and_a_sound_body() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    let path = format!("/v1/battles/{battle}/scores");
    let body = json!({ "op": "add", "scores": [{ "liveId": "red", "value": 1 }] });
    assert_eq!(host.http().post(&path, body).await.status, 400);
    let http = host.http().with("idempotency-key", "k");
    for body in [json!({}), json!({ "op": "double", "scores": [] }), json!([])] {
        let answer = http.post(&path, body).await;
        assert_eq!((answer.status.as_u16(), answer.body["name"].as_str()), (400, Some("invalidParams")));
    }
    let unknown = http
        .post("/v1/battles/none/scores", json!({ "op": "set", "scores": [{ "liveId": "red", "value": 1 }] }));
    assert_eq!(unknown.await.status, 404);
}

#[tokio::test]
async fn a_service_starts_a_battle_between_connected_lives() {
    let host = Host::start().await;
    let (_ann, _bob) = connected_hosts(&host).await;
    let none = host.http().get("/v1/lives/red/battle").await;
    assert_eq!((none.status.as_u16(), none.body["status"].as_str()), (200, Some("none")));
    let started = host.http().post("/v1/battles", json!({ "liveIds": ["red", "blue"] })).await;
    assert_eq!(started.status, 201, "{started:?}");
    let status = host.http().get("/v1/lives/blue/battle").await.body;
    assert_eq!(
        (&status["status"], &status["battle"]["battleId"]),
        (&json!("running"), &started.body["battleId"])
    );
}
