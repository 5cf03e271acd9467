//! Webhook events reach back ends: signed, in order, however often it takes.

use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_STANDARD};
use duelcast_protocol::{EndLive, GiftId, SendGift};
use duelcast_server::config::{Config, WebhookTarget};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{
    client::{Client, live_id},
    host::{Host, config},
    receiver::{Received, Receiver},
};

const SECRET: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn tell(config: &mut Config, receiver: &Receiver) {
    config.webhook_allow_private = true;
    let target = WebhookTarget::new(&receiver.url(), &format!("whsec_{SECRET}")).unwrap();
    config.webhooks = vec![target];
}

async fn give(client: &mut Client, count: u32) {
    let gift =
        SendGift { live_id: live_id("red"), gift_id: GiftId::new("rose").unwrap(), count, to_user_id: None };
    client.call(gift).await.unwrap();
}

fn header<'a>(received: &'a Received, name: &str) -> &'a str {
    received.headers[name].to_str().unwrap()
}

fn is_signed(received: &Received) -> bool {
    let (id, timestamp) = (header(received, "webhook-id"), header(received, "webhook-timestamp"));
    let mut mac = Hmac::<Sha256>::new_from_slice(&BASE64_STANDARD.decode(SECRET).unwrap()).unwrap();
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(&received.body);
    let expected = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
    header(received, "webhook-signature") == expected
}

#[tokio::test]
async fn facts_arrive_signed_and_in_order() {
    let mut receiver = Receiver::start(&[]).await;
    let host = Host::start_with(|config| tell(config, &receiver)).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, 3).await;
    ann.call(EndLive { live_id: live_id("red") }).await.unwrap();
    for (seq, kind) in [(1, "live.started"), (2, "gift.sent"), (3, "live.ended")] {
        let received = receiver.next().await;
        let body = received.json();
        assert_eq!((body["seq"].as_u64(), body["type"].as_str()), (Some(seq), Some(kind)));
        assert_eq!(body["id"], header(&received, "webhook-id"));
        assert!(is_signed(&received));
    }
}

#[tokio::test]
async fn a_failed_delivery_is_retried_before_later_events() {
    let mut receiver = Receiver::start(&[StatusCode::INTERNAL_SERVER_ERROR]).await;
    let host = Host::start_with(|config| tell(config, &receiver)).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    give(&mut ann, 1).await;
    let refused = receiver.next().await.json();
    let again = receiver.next().await.json();
    assert_eq!((&again["id"], &again["type"]), (&refused["id"], &refused["type"]));
    assert_eq!(receiver.next().await.json()["type"], "gift.sent");
}

#[tokio::test]
async fn facts_that_were_not_taken_survive_a_restart() {
    let mut receiver = Receiver::start(&[StatusCode::SERVICE_UNAVAILABLE; 2]).await;
    let host = Host::start_with(|config| tell(config, &receiver)).await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let refused = receiver.next().await.json();
    let data = host.stop().await;
    let mut config = config(&data);
    tell(&mut config, &receiver);
    let running = duelcast_server::serve(config).await.unwrap();
    let again = receiver.next().await.json();
    assert_eq!((&again["id"], &again["seq"]), (&refused["id"], &refused["seq"]));
    running.shutdown().await;
}
