//! A slow reader delays no other client, and is resynchronised by a snapshot.

use duelcast_protocol::{
    Event, JoinLive, Method, Notification, RequestId, RpcRequest, SendTextMessage, limits,
};

use super::{client::live_id, host::Host};

/// Joins in a row; their snapshots together are more than a socket's queue and the kernel hold.
const JOINS: u64 = 90;

#[tokio::test]
async fn a_socket_that_fell_behind_gets_a_fresh_snapshot() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    for _ in 0..limits::MAX_RECENT_MESSAGES {
        let text = "🎂".repeat(limits::MAX_TEXT_CHARS);
        ann.call(SendTextMessage { live_id: live_id("red"), text }).await.unwrap();
    }
    let mut eve = host.user("eve").await;
    for id in 1_000..1_000 + JOINS {
        let params = JoinLive { live_id: live_id("red"), resume: None };
        let request = RpcRequest::new(RequestId::Number(id), JoinLive::NAME, params);
        eve.say(&serde_json::to_string(&request).unwrap()).await;
    }
    let last = SendTextMessage { live_id: live_id("red"), text: "all asked".to_owned() };
    let request = RpcRequest::new(RequestId::Number(1), SendTextMessage::NAME, last);
    eve.say(&serde_json::to_string(&request).unwrap()).await;
    ann.happened(
        |event| matches!(event, Event::OnTextMessage { message } if message.sender.user_name == "eve"),
    )
    .await;
    let snapshot = eve.snapshot_amid_answers().await;
    assert_eq!(snapshot.recent_messages.len(), limits::MAX_RECENT_MESSAGES);
    assert!(!eve.was_told(|told| matches!(told, Notification::KickedByOtherSession {})));
}
