//! Login, calls, and what happens when the socket is lost.

use std::rc::Rc;

use duelcast::{
    signaling::{CallError, OfflineReason, Status, TokenFuture, TokenProvider},
    stores::{LiveListStore, LiveSeatStore},
};
use duelcast_protocol::{ErrorCode, Notification};
use futures::{FutureExt, future::join};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::server::{SERVER_TIME, Server, live_id, login_reply, until, until_equal, until_online};

#[wasm_bindgen_test]
async fn a_client_that_signs_in_logs_in_and_knows_who_it_is() {
    let (_server, client, _peer) = Server::with_online_client().await;
    until_online(&client).await;
    assert_eq!(client.me().get_untracked().map(|me| me.user_name), Some("Me".to_owned()));
    assert!(client.can_create_live().get_untracked());
}

#[wasm_bindgen_test]
async fn the_clock_is_the_servers_however_wrong_the_devices_is() {
    let (_server, client, _peer) = Server::with_online_client().await;
    until_online(&client).await;
    #[allow(clippy::cast_precision_loss, reason = "fits in 53 bits")]
    let ahead = client.clock().now() - SERVER_TIME as f64;
    assert!((-60_000.0..60_000.0).contains(&ahead), "{ahead}");
    until("a tick of server time", || client.ticks().get_untracked() > 4e12).await;
}

#[wasm_bindgen_test]
async fn a_call_gets_the_answer_with_its_id() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let seats = LiveSeatStore::create(&live_id("a"));
    let server = async {
        let first = peer.expect("takeSeat").await;
        let second = peer.expect("acceptInvitation").await;
        assert_eq!(first.params, json!({"liveId": "a"}));
        peer.answer(&second, &json!({"index": 2}));
        peer.answer(&first, &json!({"index": 1}));
    };
    let calls = join(seats.take_seat(None), seats.accept_invitation());
    assert_eq!(join(calls, server).await.0, (Ok(1), Ok(2)));
}

#[wasm_bindgen_test]
async fn a_refusal_is_an_error_with_its_code() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let seats = LiveSeatStore::create(&live_id("a"));
    let server = async {
        let request = peer.expect("takeSeat").await;
        assert_eq!(request.params, json!({"liveId": "a", "index": 3}));
        peer.reject(&request, ErrorCode::SeatOccupied.number());
    };
    let error = join(seats.take_seat(Some(3)), server).await.0.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::SeatOccupied));
    assert!(!error.is_retryable());
}

#[wasm_bindgen_test]
async fn a_call_whose_socket_is_lost_fails_and_may_be_tried_again() {
    let (server, client, mut peer) = Server::with_online_client().await;
    let seats = LiveSeatStore::create(&live_id("a"));
    let hang_up = async {
        peer.expect("leaveSeat").await;
        peer.hang_up();
    };
    let error = join(seats.leave_seat(), hang_up).await.0.unwrap_err();
    assert_eq!(error, CallError::ConnectionLost);
    assert!(error.is_retryable());
    let _peer = server.accept().await;
    until_online(&client).await;
}

#[wasm_bindgen_test]
async fn a_call_while_reconnecting_waits_for_the_socket() {
    let (server, client, peer) = Server::with_online_client().await;
    until_online(&client).await;
    peer.hang_up();
    until("reconnecting", || matches!(client.status().get_untracked(), Status::Reconnecting { .. })).await;
    let seats = LiveSeatStore::create(&live_id("a"));
    let server = async {
        let mut peer = server.accept().await;
        let request = peer.expect("takeSeat").await;
        peer.answer(&request, &json!({"index": 0}));
        peer
    };
    assert_eq!(join(seats.take_seat(Some(0)), server).await.0, Ok(0));
}

#[wasm_bindgen_test]
async fn reconnecting_says_when_in_server_time() {
    let (server, client, peer) = Server::with_online_client().await;
    until_online(&client).await;
    peer.hang_up();
    until("reconnecting", || matches!(client.status().get_untracked(), Status::Reconnecting { .. })).await;
    if let Status::Reconnecting { attempt, retry_at } = client.status().get_untracked() {
        assert_eq!(attempt, 1);
        assert!(retry_at > 4e12);
    }
    let _peer = server.accept().await;
}

fn is_pausing(status: Status, before: u32) -> bool {
    matches!(status, Status::Reconnecting { attempt, .. } if attempt == before)
}

#[wasm_bindgen_test]
async fn a_network_that_comes_back_is_used_at_once() {
    let (server, client, peer) = Server::with_online_client().await;
    until_online(&client).await;
    peer.hang_up();
    for attempt in 1..=4 {
        until("the next pause", || is_pausing(client.status().get_untracked(), attempt)).await;
        let event = web_sys::Event::new("online").unwrap();
        web_sys::window().unwrap().dispatch_event(&event).unwrap();
        server.next_socket().await.hang_up();
    }
    let _peer = server.accept().await;
    until_online(&client).await;
}

#[wasm_bindgen_test]
async fn a_client_whose_user_logs_in_elsewhere_stays_away_until_asked() {
    let (server, client, peer) = Server::with_online_client().await;
    until_online(&client).await;
    peer.notify(&Notification::KickedByOtherSession {});
    until_equal(&client.status(), Status::Offline(OfflineReason::KickedByOtherSession)).await;
    let error = LiveListStore::shared().refresh().await.unwrap_err();
    assert_eq!(error, CallError::Offline(OfflineReason::KickedByOtherSession));
    client.reconnect();
    let _peer = server.accept().await;
    until_online(&client).await;
}

struct Renewed;

impl TokenProvider for Renewed {
    fn token(&self, was_refused: bool) -> TokenFuture {
        let token = if was_refused { "new" } else { "old" };
        std::future::ready(Ok(token.to_owned())).boxed_local()
    }
}

#[wasm_bindgen_test]
async fn a_refused_token_is_renewed_once() {
    let (server, client) = Server::with_client();
    client.sign_in_with(Rc::new(Renewed));
    let mut peer = loop {
        let mut peer = server.next_socket().await;
        let login = peer.expect("login").await;
        if login.params == json!({"token": "old"}) {
            peer.reject(&login, ErrorCode::Unauthorized.number());
        } else if login.params == json!({"token": "new"}) {
            peer.answer(&login, &login_reply());
            break peer;
        }
    };
    until_online(&client).await;
    let list = LiveListStore::shared();
    let server = async {
        let request = peer.expect("fetchLiveList").await;
        peer.answer(&request, &json!({"lives": [], "cursor": ""}));
    };
    assert_eq!(join(list.refresh(), server).await.0, Ok(()));
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_twice_is_given_up() {
    let (server, client) = Server::with_client();
    for _ in 0..2 {
        let mut peer = server.next_socket().await;
        let login = peer.expect("login").await;
        peer.reject(&login, ErrorCode::Unauthorized.number());
    }
    until_equal(&client.status(), Status::Offline(OfflineReason::Unauthorized)).await;
}

#[wasm_bindgen_test]
async fn a_server_ban_stops_reconnecting() {
    let (server, client) = Server::with_client();
    let mut peer = server.next_socket().await;
    let login = peer.expect("login").await;
    peer.reject(&login, ErrorCode::UserBanned.number());
    until_equal(&client.status(), Status::Offline(OfflineReason::Banned)).await;
}

#[wasm_bindgen_test]
async fn a_frame_that_makes_no_sense_disturbs_nothing() {
    let (_server, client, mut peer) = Server::with_online_client().await;
    until_online(&client).await;
    peer.send(&json!({"jsonrpc": "2.0", "method": "fromTheFuture", "params": {}}));
    peer.send(&json!([1, 2, 3]));
    peer.send(&json!({"jsonrpc": "2.0", "id": 987_654, "result": {}}));
    let seats = LiveSeatStore::create(&live_id("a"));
    let server = async {
        let request = peer.expect("leaveSeat").await;
        peer.answer(&request, &json!({}));
    };
    assert_eq!(join(seats.leave_seat(), server).await.0, Ok(()));
}

#[wasm_bindgen_test]
async fn too_many_calls_at_once_fail_instead_of_piling_up() {
    let (_server, client, _peer) = Server::with_online_client().await;
    until_online(&client).await;
    let seats = LiveSeatStore::create(&live_id("a"));
    let mut calls: Vec<_> = (0..200).map(|_| seats.leave_seat().boxed_local()).collect();
    let mut refused = 0;
    for call in &mut calls {
        refused += u32::from(call.now_or_never() == Some(Err(CallError::TooManyCalls)));
    }
    assert!(refused > 50, "{refused}");
}
