//! Endpoints come, change and go.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use super::{
    receiver::{Received, Receiver},
    stage::{SECRET, end, give, next, put, put_receiver, start},
};

const OTHER_SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn signature(received: &Received, secret: &str) -> String {
    let header = |name: &str| received.headers[name].to_str().unwrap().to_owned();
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.", header("webhook-id"), header("webhook-timestamp")).as_bytes());
    mac.update(&received.body);
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn an_endpoint_is_made_shown_changed_and_removed() {
    let host = start().await;
    let made = put(&host, "billing", json!({ "url": "http://127.0.0.1:9/a" })).await;
    assert_eq!(made.status, 201);
    assert!(made.body["secret"].as_str().unwrap().starts_with("whsec_"), "a secret is made");
    let changed = put(&host, "billing", json!({ "url": "http://127.0.0.1:9/b", "isEnabled": false })).await;
    assert_eq!((changed.status.as_u16(), &changed.body["secret"]), (200, &json!(null)));
    let list = host.http().get("/v1/webhooks").await.body;
    let expected = json!({
        "name": "billing", "url": "http://127.0.0.1:9/b", "filters": [], "isEnabled": false, "position": 0,
    });
    assert_eq!(list, json!({ "webhooks": [expected] }));
    assert_eq!(host.http().get("/v1/webhooks/billing").await.body, expected);
    assert_eq!(host.http().delete("/v1/webhooks/billing").await.status, 204);
    assert_eq!(host.http().get("/v1/webhooks/billing").await.status, 404);
    assert_eq!(host.http().delete("/v1/webhooks/billing").await.status, 404);
    assert_eq!(host.http().get("/v1/webhooks/billing/deliveries").await.status, 404);
}

#[tokio::test]
async fn an_invalid_endpoint_is_refused_with_a_reason() {
    let host = start().await;
    let wrong = [
        (json!({ "url": "ftp://host/" }), "ftp://host/ is not a webhook address"),
        (json!({ "url": "http://host/", "secret": "hunter2" }), "whsec_"),
        (
            json!({ "url": "http://host/", "filters": ["gift.lost"] }),
            "gift.lost is not a type of webhook event",
        ),
        (json!({ "url": "http://host/", "filter": [] }), "unknown field"),
    ];
    for (body, sentence) in wrong {
        let answer = put(&host, "w", body).await;
        let detail = answer.body["detail"].as_str().unwrap();
        assert!(answer.status == 400 && detail.contains(sentence), "{answer:?}");
    }
    assert_eq!(put(&host, "no%20name", json!({ "url": "http://host/" })).await.status, 400);
    let replay = host.http().post("/v1/webhooks/none/replay", json!({ "fromSeq": 1 })).await;
    assert_eq!(replay.status, 404);
}

#[tokio::test]
async fn an_endpoint_gets_only_the_types_it_asks_for() {
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    let body = json!({ "url": receiver.url(), "filters": ["gift.sent", "live.ended"] });
    assert_eq!(put(&host, "gifts", body).await.status, 201);
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, "red", 1).await;
    end(&mut ann, "red").await;
    assert_eq!(next(&mut receiver).await, ("gift.sent".to_owned(), 2));
    assert_eq!(next(&mut receiver).await, ("live.ended".to_owned(), 3));
}

#[tokio::test]
async fn after_a_secret_was_changed_both_sign_for_a_while() {
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    put_receiver(&host, "w", &receiver).await;
    let rotated = put(&host, "w", json!({ "url": receiver.url(), "secret": OTHER_SECRET })).await;
    assert!(rotated.body["previousSecretUntil"].is_u64(), "{rotated:?}");
    host.user("ann").await.create_live("red").await;
    let received = receiver.next().await;
    let both = format!("{} {}", signature(&received, OTHER_SECRET), signature(&received, SECRET));
    assert_eq!(received.headers["webhook-signature"].to_str().unwrap(), both);
}

#[tokio::test]
async fn an_endpoint_that_was_off_gets_what_it_missed() {
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    put(&host, "w", json!({ "url": receiver.url(), "isEnabled": false })).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, "red", 1).await;
    put(&host, "w", json!({ "url": receiver.url() })).await;
    assert_eq!(next(&mut receiver).await, ("live.started".to_owned(), 1));
    assert_eq!(next(&mut receiver).await, ("gift.sent".to_owned(), 2));
}
