//! A server that may post to this machine, and what happens on it.

use duelcast_protocol::{EndLive, GiftId, SendGift};
use duelcast_server::config::Config;
use serde_json::{Value, json};

use super::{
    client::{Client, live_id},
    host::Host,
    http::HttpAnswer,
    receiver::Receiver,
};

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub async fn start() -> Host {
    start_with(|_| ()).await
}

pub async fn start_with(change: impl FnOnce(&mut Config)) -> Host {
    Host::start_with(|config| {
        config.webhook_allow_private = true;
        change(config);
    })
    .await
}

pub async fn put(host: &Host, name: &str, body: Value) -> HttpAnswer {
    host.http().send(http_method("PUT"), &format!("/v1/webhooks/{name}"), body.to_string().into()).await
}

pub async fn put_receiver(host: &Host, name: &str, receiver: &Receiver) {
    let answer = put(host, name, json!({ "url": receiver.url(), "secret": SECRET })).await;
    assert_eq!(answer.status, 201, "{answer:?}");
}

pub async fn replay(host: &Host, name: &str, body: Value) -> HttpAnswer {
    host.http().post(&format!("/v1/webhooks/{name}/replay"), body).await
}

fn http_method(name: &str) -> hyper::Method {
    name.parse().unwrap()
}

pub async fn give(client: &mut Client, live: &str, count: u32) {
    let gift =
        SendGift { live_id: live_id(live), gift_id: GiftId::new("rose").unwrap(), count, to_user_id: None };
    client.call(gift).await.unwrap();
}

pub async fn end(client: &mut Client, live: &str) {
    client.call(EndLive { live_id: live_id(live) }).await.unwrap();
}

/// The deliveries, once as many as this stand so.
pub async fn deliveries(host: &Host, name: &str, status: &str, count: usize) -> Vec<Value> {
    loop {
        let path = format!("/v1/webhooks/{name}/deliveries?status={status}");
        let answer = host.http().get(&path).await;
        let deliveries = answer.body["deliveries"].as_array().unwrap().clone();
        if deliveries.len() >= count {
            return deliveries;
        }
        tokio::task::yield_now().await;
    }
}

/// Type and global number of what came next.
pub async fn next(receiver: &mut Receiver) -> (String, u64) {
    let message = receiver.next().await.json();
    (message["type"].as_str().unwrap().to_owned(), message["seq"].as_u64().unwrap())
}
