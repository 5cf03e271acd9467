//! A client that breaks the protocol gets a close code with the reason; other sockets are not
//! affected.

use axum::http::StatusCode;
use duelcast_protocol::limits::MAX_CLIENT_FRAME_BYTES;
use duelcast_socket::{CloseCode, Delivery, Frame, SocketLimits};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::{
    client_async,
    tungstenite::{Error, Message, protocol::CloseFrame},
};

use crate::harness::{Host, close_code, next_text, say};

#[tokio::test]
async fn each_offence_closes_that_socket_with_its_code_and_no_other() {
    let mut host = Host::start(SocketLimits::default()).await;
    let (mut bystander, bystander_socket) = host.connect().await;
    let malformed: &[u8] = &[0xFF, 0xFF, 0xFF, 0xFF];
    let not_utf8: &[u8] = &[0x81, 0x81, 0, 0, 0, 0, 0xFF];
    let oversize = Message::text("x".repeat(MAX_CLIENT_FRAME_BYTES + 1));

    let (mut client, _) = host.connect().await;
    say(&mut client, oversize).await;
    assert_eq!(close_code(&mut client).await, CloseCode::TooBig.number());

    let (mut client, _) = host.connect().await;
    say(&mut client, Message::binary(vec![1, 2, 3])).await;
    assert_eq!(close_code(&mut client).await, CloseCode::Unsupported.number());

    for (bytes, code) in [(malformed, CloseCode::ProtocolError), (not_utf8, CloseCode::InvalidText)] {
        let (mut client, _) = host.connect().await;
        client.get_mut().write_all(bytes).await.unwrap();
        assert_eq!(close_code(&mut client).await, code.number());
    }

    say(&mut bystander, Message::text("still here")).await;
    assert_eq!(host.next_message().await.1, "still here");
    assert_eq!(bystander_socket.send(&Frame::text("indeed")), Delivery::Written);
    assert_eq!(next_text(&mut bystander).await, "indeed");
}

#[tokio::test]
async fn a_flood_of_messages_closes_the_socket() {
    let mut host = Host::start(SocketLimits::default()).await;
    let (mut client, _) = host.connect().await;
    for _ in 0..200 {
        futures_util::SinkExt::feed(&mut client, Message::text("again")).await.unwrap();
    }
    futures_util::SinkExt::flush(&mut client).await.unwrap();
    assert_eq!(close_code(&mut client).await, CloseCode::TooManyRequests.number());
}

#[tokio::test]
async fn messages_before_a_close_arrive_and_messages_after_it_do_not() {
    let mut host = Host::start(SocketLimits::default()).await;
    let (mut client, socket) = host.connect().await;
    let _ = socket.send(&Frame::text("kicked"));
    socket.close(CloseCode::KickedByOtherSession, "another session took over");
    socket.close(CloseCode::Normal, "");
    assert_eq!(socket.send(&Frame::text("late")), Delivery::Closed);
    assert_eq!(next_text(&mut client).await, "kicked");
    assert_eq!(close_code(&mut client).await, CloseCode::KickedByOtherSession.number());
    assert_eq!(host.next_closed().await, socket.id());
    assert_eq!(socket.close_code(), CloseCode::KickedByOtherSession.number());
}

#[tokio::test]
async fn a_close_of_the_client_is_answered_with_its_own_code() {
    let mut host = Host::start(SocketLimits::default()).await;
    let (mut client, socket) = host.connect().await;
    let goodbye = CloseFrame { code: 4000.into(), reason: "bye".into() };
    client.close(Some(goodbye)).await.unwrap();
    assert_eq!(close_code(&mut client).await, 4000);
    assert_eq!(host.next_closed().await, socket.id());
    assert_eq!(socket.close_code(), 4000);
    assert!(!host.has_seen_more());
}

#[tokio::test]
async fn a_client_that_vanishes_is_reported_once() {
    let mut host = Host::start(SocketLimits::default()).await;
    let (client, socket) = host.connect().await;
    drop(client);
    assert_eq!(host.next_closed().await, socket.id());
    assert_eq!(socket.close_code(), 1006);
    assert_eq!(socket.send(&Frame::text("anyone?")), Delivery::Closed);
    assert!(!host.has_seen_more());
}

#[tokio::test]
async fn a_ping_is_answered() {
    let mut host = Host::start(SocketLimits::default()).await;
    let (mut client, _socket) = host.connect().await;
    say(&mut client, Message::Ping(b"clock".to_vec().into())).await;
    let answer = futures_util::StreamExt::next(&mut client).await.unwrap().unwrap();
    assert_eq!(answer, Message::Pong(b"clock".to_vec().into()));
}

#[tokio::test]
async fn a_message_that_comes_together_with_the_handshake_is_read() {
    let mut host = Host::start(SocketLimits::default()).await;
    let handshake = "GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Protocol: duelcast.v1\r\n\r\n";
    let login = [0x81, 0x82, 0, 0, 0, 0, b'h', b'i'];
    let mut stream = host.stream().await;
    stream.write_all(&[handshake.as_bytes(), &login].concat()).await.unwrap();
    assert_eq!(host.next_message().await.1, "hi");
}

#[tokio::test]
async fn a_page_of_another_origin_is_refused() {
    let host = Host::start(SocketLimits::default()).await;
    let request = host.request().with_header("Origin", "https://evil.example");
    let Err(Error::Http(response)) = client_async(request, host.stream().await).await else {
        panic!("the handshake must fail");
    };
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}
