//! Numbers, and once more from some point on.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, routing::post, serve::ListenerExt};
use serde_json::json;
use tokio::{net::TcpListener, sync::mpsc};

use super::{
    receiver::Receiver,
    stage::{end, give, next, put, put_receiver, replay, start},
};

#[tokio::test]
async fn each_live_numbers_its_own_facts() {
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    put_receiver(&host, "w", &receiver).await;
    let (mut ann, mut bob) = (host.user("ann").await, host.user("bob").await);
    ann.create_live("red").await;
    bob.create_live("blue").await;
    give(&mut ann, "red", 1).await;
    end(&mut bob, "blue").await;
    let mut numbers = Vec::new();
    for _ in 0..4 {
        numbers.push(receiver.next().await.json()["liveSeqs"].clone());
    }
    assert_eq!(
        numbers,
        [json!({ "red": 1 }), json!({ "blue": 1 }), json!({ "red": 2 }), json!({ "blue": 2 })]
    );
}

#[tokio::test]
async fn a_replay_delivers_everything_once_more_from_a_number_or_a_time_on() {
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    put_receiver(&host, "w", &receiver).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, "red", 1).await;
    let first = receiver.next().await.json();
    let second = receiver.next().await.json();
    assert_eq!(replay(&host, "w", json!({ "fromSeq": 2 })).await.status, 200);
    assert_eq!(receiver.next().await.json(), second, "the same id, the same numbers");
    assert_eq!(replay(&host, "w", json!({ "fromAt": first["at"] })).await.status, 200);
    assert_eq!((receiver.next().await.json(), receiver.next().await.json()), (first, second));
    assert_eq!(replay(&host, "w", json!({ "fromSeq": 1_000 })).await.status, 200);
    end(&mut ann, "red").await;
    assert_eq!(next(&mut receiver).await, ("live.ended".to_owned(), 3), "what is to come is not skipped");
}

#[tokio::test]
async fn numbers_go_on_after_a_restart() {
    let mut receiver = Receiver::start(&[]).await;
    let host = start().await;
    put_receiver(&host, "w", &receiver).await;
    host.user("ann").await.create_live("red").await;
    receiver.next().await;
    let data = host.stop().await;
    let mut config = super::host::config(&data);
    config.webhook_allow_private = true;
    let running = duelcast_server::serve(config).await.unwrap();
    let token = super::host::service_token(&super::host::api_key());
    let http = super::http::Http::new(running.addr()).with_token(&token);
    assert_eq!(http.delete("/v1/lives/red").await.status, 200);
    let message = loop {
        let message = receiver.next().await.json();
        if message["type"] == "live.ended" {
            break message;
        }
    };
    assert_eq!((&message["seq"], &message["liveSeqs"]), (&json!(2), &json!({ "red": 2 })));
    running.shutdown().await;
}

#[tokio::test]
async fn deliveries_to_one_endpoint_share_connections() {
    const DELIVERIES: usize = 11;
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let listener = listener.tap_io(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let (taken, mut deliveries) = mpsc::channel(DELIVERIES);
    let router = Router::new().route("/", post(async move || taken.send(()).await.unwrap()));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let host = start().await;
    put(&host, "w", json!({ "url": url })).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    for count in 1..DELIVERIES {
        give(&mut ann, "red", u32::try_from(count).unwrap()).await;
    }
    for _ in 0..DELIVERIES {
        deliveries.recv().await.unwrap();
    }
    let connections = connections.load(Ordering::Relaxed);
    assert!(connections < DELIVERIES, "{connections} connections");
}
