//! Endpoints that hang, fail or send elsewhere.

use axum::{Router, http::StatusCode, response::Redirect, routing::post};
use serde_json::json;
use tokio::net::TcpListener;

use super::{
    receiver::Receiver,
    stage::{deliveries, give, next, put, put_receiver, replay, start, start_with},
};

#[tokio::test]
async fn an_endpoint_that_hangs_holds_up_neither_the_lives_nor_another_endpoint() {
    let hanging = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    let url = format!("http://{}/", hanging.local_addr().unwrap());
    put(&host, "hangs", json!({ "url": url })).await;
    put_receiver(&host, "works", &receiver).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let (held, _) = hanging.accept().await.unwrap();
    for seq in 2..=20 {
        give(&mut ann, "red", 1).await;
        assert_eq!(receiver.next().await.json()["seq"], seq - 1);
    }
    assert_eq!(next(&mut receiver).await, ("gift.sent".to_owned(), 20));
    assert_eq!(host.http().get("/v1/webhooks/hangs").await.body["position"], 0);
    drop(held);
}

#[tokio::test]
async fn a_failed_delivery_is_listed_with_the_reason_and_the_next_attempt() {
    let refusals = vec![StatusCode::INTERNAL_SERVER_ERROR; 100];
    let receiver = Receiver::start(&refusals).await;
    let host = start().await;
    put_receiver(&host, "w", &receiver).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, "red", 1).await;
    let pending = deliveries(&host, "w", "pending", 1).await;
    assert_eq!(pending.len(), 1, "one at a time, because the order stays");
    assert_eq!((&pending[0]["seq"], &pending[0]["type"]), (&json!(1), &json!("live.started")));
    assert!(pending[0]["attempts"].as_u64() >= Some(1) && pending[0]["nextAttemptAt"].is_u64());
    assert!(pending[0]["error"].as_str().unwrap().contains("500"), "{pending:?}");
}

#[tokio::test]
async fn a_delivery_that_fails_for_too_long_becomes_a_dead_letter_that_can_be_replayed() {
    let mut receiver = Receiver::start(&[StatusCode::BAD_GATEWAY; 2]).await;
    let host = start_with(|config| config.webhook_give_up_ms = 0).await;
    put_receiver(&host, "w", &receiver).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, "red", 1).await;
    give(&mut ann, "red", 2).await;
    for seq in 1..=3 {
        assert_eq!(receiver.next().await.json()["seq"], seq);
    }
    let dead = deliveries(&host, "w", "dead", 2).await;
    let metrics = host.http().get("/metrics").await.body;
    let counted = "duelcast_webhook_deliveries_total{outcome=\"dead\"} 2";
    assert!(metrics.as_str().unwrap().lines().any(|line| line == counted), "{metrics}");
    assert_eq!((&dead[0]["seq"], &dead[1]["seq"], &dead[1]["attempts"]), (&json!(2), &json!(1), &json!(1)));
    deliveries(&host, "w", "delivered", 1).await;
    assert_eq!(replay(&host, "w", json!({ "deadLetters": {} })).await.status, 200);
    for seq in 1..=2 {
        assert_eq!(receiver.next().await.json()["seq"], seq);
    }
    let delivered = deliveries(&host, "w", "delivered", 3).await;
    assert_eq!(delivered[2]["attempts"], 2);
    let page = host.http().get("/v1/webhooks/w/deliveries?count=2").await.body;
    assert_eq!((page["deliveries"].as_array().unwrap().len(), &page["cursor"]), (2, &json!("2")));
    let rest = host.http().get("/v1/webhooks/w/deliveries?count=2&cursor=2").await.body;
    assert_eq!((&rest["deliveries"][0]["seq"], &rest["cursor"]), (&json!(1), &json!("")));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let mut elsewhere = Receiver::start(&[]).await;
    let target = elsewhere.url();
    let redirect = post(async move || Redirect::temporary(&target));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let router = Router::new().route("/", redirect);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let host = start().await;
    put(&host, "moved", json!({ "url": url })).await;
    host.user("ann").await.create_live("red").await;
    let pending = deliveries(&host, "moved", "pending", 1).await;
    assert!(pending[0]["error"].as_str().unwrap().contains("307"), "{pending:?}");
    put_receiver(&host, "w", &elsewhere).await;
    replay(&host, "w", json!({ "fromSeq": 1 })).await;
    let first = elsewhere.next().await;
    assert_eq!(first.headers["host"].to_str().unwrap(), elsewhere.addr.to_string());
}
