//! One key, one effect.

use duelcast_server::serve;
use futures_util::{StreamExt, stream};
use serde_json::json;

use super::{
    duel::{connected, gift, start},
    host::{Host, api_key, config, service_token},
    http::Http,
};

#[tokio::test]
async fn a_thousand_duplicates_at_once_count_once_and_get_one_answer() {
    const DUPLICATES: usize = 1_000;
    const AT_ONCE: usize = 200;
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    let http = host.http().with("idempotency-key", "gift-1");
    let path = format!("/v1/battles/{battle}/scores");
    let body = json!({ "op": "add", "scores": [{ "liveId": "red", "value": 7 }] });
    let answers: Vec<_> = stream::iter(0..DUPLICATES)
        .map(|_| http.post(&path, body.clone()))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    assert!(answers.iter().all(|answer| answer.status == 200 && *answer == answers[0]));
    assert_eq!(answers.len(), DUPLICATES);
    let ledger = host.http().get(&format!("/v1/battles/{battle}/ledger")).await.body;
    assert_eq!(ledger["entries"].as_array().unwrap().len(), 1);
    let info = host.http().get(&format!("/v1/battles/{battle}")).await.body;
    assert_eq!((info["sides"][0]["score"].as_u64(), info["scoreRev"].as_u64()), (Some(7), Some(1)));
}

#[tokio::test]
async fn a_key_is_known_after_a_restart() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    let first = gift(&host, &battle, "gift-1", "eve", "red", 7).await;
    assert_eq!(first.status, 200);
    gift(&host, &battle, "gift-2", "eve", "red", 5).await;
    let data = host.stop().await;
    let running = serve(config(&data)).await.unwrap();
    let http = Http::new(running.addr()).with_token(&service_token(&api_key()));
    let http = http.with("idempotency-key", "gift-1");
    let body = json!({
        "op": "add",
        "source": { "giftId": "rose", "giverUserId": "eve", "giverName": "eve" },
        "scores": [{ "liveId": "red", "value": 7 }],
    });
    let path = format!("/v1/battles/{battle}/scores");
    assert_eq!(http.post(&path, body).await, first);
    let other = json!({ "op": "add", "scores": [{ "liveId": "red", "value": 8 }] });
    assert_eq!(http.post(&path, other).await.status, 409);
    running.shutdown().await;
}

#[tokio::test]
async fn two_keys_in_one_request_are_refused() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    let http = host.http().with("idempotency-key", "gift-1").with("idempotency-key", "gift-2");
    let body = json!({ "op": "add", "scores": [{ "liveId": "red", "value": 7 }] });
    let answer = http.post(&format!("/v1/battles/{battle}/scores"), body).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body["name"].as_str()),
        (400, Some("invalidParams")),
        "{answer:?}"
    );
}

#[tokio::test]
async fn an_unknown_battle_has_no_ledger() {
    let host = Host::start().await;
    let answer = host.http().get("/v1/battles/none/ledger").await;
    assert_eq!((answer.status.as_u16(), answer.body["name"].as_str()), (404, Some("battleNotExistOrEnded")));
}
