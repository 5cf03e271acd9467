//! Sockets that say nothing, in virtual time.

use std::{sync::mpsc, time::Duration};

use bytes::Bytes;
use duelcast_socket::{CloseCode, SocketLimits, run};
use futures_util::StreamExt;
use tokio::{
    net::{TcpListener, TcpStream},
    task::spawn_blocking,
    time::{Instant, sleep},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role},
};

use crate::harness::{Client, close_code, recorder, say};

/// A masked text frame that says `hi`; the recorder takes any text for a login.
const LOGIN: &[u8] = &[0x81, 0x82, 0, 0, 0, 0, b'h', b'i'];

/// A client whose handshake is over, and whose first bytes came together with it.
async fn connect(already_read: &'static [u8]) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (accepted, _) = listener.accept().await.unwrap();
    let (events, mut seen) = recorder();
    tokio::spawn(async move {
        run(accepted, Bytes::from_static(already_read), events, SocketLimits::default()).await;
    });
    if !already_read.is_empty() {
        seen.recv().await.expect("the login is read");
    }
    tokio::spawn(async move { while seen.recv().await.is_some() {} });
    WebSocketStream::from_raw_socket(stream, Role::Client, None).await
}

/// Virtual time stands still while a blocking task runs: waiting for the network must not look like
/// idling.
async fn while_time_stands_still<T>(future: impl Future<Output = T>) -> T {
    let (release, wait) = mpsc::channel::<()>();
    let blocker = spawn_blocking(move || wait.recv());
    let output = future.await;
    drop(release);
    let _ = blocker.await.unwrap();
    output
}

#[tokio::test(start_paused = true)]
async fn a_socket_that_does_not_log_in_is_closed_in_time() {
    let mut client = while_time_stands_still(connect(b"")).await;
    let start = Instant::now();
    assert_eq!(close_code(&mut client).await, CloseCode::Unauthorized.number());
    assert!(start.elapsed() < SocketLimits::default().silence);
}

#[tokio::test(start_paused = true)]
async fn a_socket_that_falls_silent_is_closed() {
    let mut client = while_time_stands_still(connect(LOGIN)).await;
    let start = Instant::now();
    assert_eq!(close_code(&mut client).await, CloseCode::Silent.number());
    assert!(start.elapsed() >= SocketLimits::default().silence);
}

#[tokio::test(start_paused = true)]
async fn any_frame_keeps_a_socket_alive() {
    let mut client = while_time_stands_still(connect(LOGIN)).await;
    let start = Instant::now();
    for _ in 0..5 {
        sleep(Duration::from_secs(8)).await;
        while_time_stands_still(async {
            say(&mut client, Message::Ping(Vec::new().into())).await;
            assert!(matches!(client.next().await, Some(Ok(Message::Pong(_)))));
        })
        .await;
    }
    assert_eq!(close_code(&mut client).await, CloseCode::Silent.number());
    assert!(start.elapsed() >= Duration::from_secs(40) + SocketLimits::default().silence);
}
