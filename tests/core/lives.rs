//! Joining, resuming, gaps, leaving.

use duelcast::signaling::CallError;
use duelcast::stores::{AudienceStore, BarrageStore, LiveListStore, LivePhase, LiveStore, NewLive};
use duelcast_protocol::{
    ErrorCode, Event, EventFrame, KickReason, LiveEndReason, LiveSummary, Notification, PrivateState,
    Resumed, TextMessage, Volatile,
};
use futures::{StreamExt, future::join};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::server::{
    Peer, SERVER_TIME, Server, live_id, snapshot, until, until_equal, until_online, user, user_id,
};

fn said(text: &str) -> Event {
    Event::OnTextMessage {
        message: TextMessage { sender: user("bob"), text: text.to_owned(), sent_at: SERVER_TIME },
    }
}

fn frame(seq: u64, event: Event) -> EventFrame {
    EventFrame { live_id: live_id("a"), seq: Some(seq), at: SERVER_TIME, event }
}

fn volatile(rev: u64) -> Volatile {
    Volatile {
        live_id: live_id("a"),
        rev,
        battle_score: None,
        battle_contributors: None,
        newcomers: None,
        likes: None,
        viewer_count: None,
        volumes: None,
    }
}

fn resumed(events: Vec<EventFrame>) -> Resumed {
    Resumed {
        resumed: true,
        events,
        private: PrivateState::default(),
        volatile: volatile(1),
        server_time: SERVER_TIME,
    }
}

fn texts(chat: &BarrageStore) -> Vec<String> {
    chat.state.messages.with_untracked(|messages| {
        messages
            .iter()
            .filter_map(|entry| match &entry.item {
                duelcast_protocol::ChatItem::Text(message) => Some(message.text.clone()),
                duelcast_protocol::ChatItem::Gift(_) => None,
            })
            .collect()
    })
}

async fn joined(peer: &mut Peer, seq: u64) -> LiveStore {
    let live = LiveStore::create(&live_id("a"));
    let snapshot = snapshot(seq);
    let (outcome, params) = join(live.join(), peer.admit(&snapshot)).await;
    assert_eq!((outcome, params), (Ok(()), json!({"liveId": "a"})));
    live
}

#[wasm_bindgen_test]
async fn joining_shows_the_snapshot_to_every_store_of_the_live() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = joined(&mut peer, 4).await;
    assert_eq!(live.state.phase.get_untracked(), LivePhase::Joined);
    assert_eq!(live.state.info.get_untracked().map(|info| info.live_name), Some("Ann's".to_owned()));
    assert_eq!(AudienceStore::create(&live_id("a")).state.viewer_count.get_untracked(), 1);
    assert!(!live.state.is_owner.get_untracked());
}

#[wasm_bindgen_test]
async fn a_live_that_does_not_exist_cannot_be_joined() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = LiveStore::create(&live_id("a"));
    let server = async {
        let request = peer.expect("joinLive").await;
        peer.reject(&request, ErrorCode::RoomNotExist.number());
    };
    let error = join(live.join(), server).await.0.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::RoomNotExist));
    assert_eq!(live.state.phase.get_untracked(), LivePhase::Failed(error));
}

#[wasm_bindgen_test]
async fn a_join_that_waits_while_the_live_is_left_ends() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = LiveStore::create(&live_id("a"));
    let leave = async {
        peer.expect("joinLive").await;
        let server = async {
            let request = peer.expect("leaveLive").await;
            peer.answer(&request, &json!({}));
        };
        join(live.leave(), server).await.0
    };
    let (joined, left) = join(live.join(), leave).await;
    assert_eq!((joined, left), (Err(CallError::ConnectionLost), Ok(())));
    assert_eq!(live.state.phase.get_untracked(), LivePhase::Idle);
}

#[wasm_bindgen_test]
async fn an_event_right_behind_the_snapshot_is_not_lost() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = LiveStore::create(&live_id("a"));
    let chat = BarrageStore::create(&live_id("a"));
    let snapshot = snapshot(4);
    let server = async {
        peer.admit(&snapshot).await;
        peer.event(Some(5), said("first"));
        peer.event(Some(6), said("second"));
    };
    join(live.join(), server).await.0.unwrap();
    until("both texts", || texts(&chat) == ["first", "second"]).await;
}

#[wasm_bindgen_test]
async fn a_lost_socket_resumes_where_it_was() {
    let (server, _client, mut peer) = Server::with_online_client().await;
    let live = joined(&mut peer, 4).await;
    let chat = BarrageStore::create(&live_id("a"));
    let mut events = chat.events();
    peer.hang_up();
    let mut peer = server.accept().await;
    let request = peer.expect("joinLive").await;
    assert_eq!(request.params, json!({"liveId": "a", "resume": {"epoch": "e", "seq": 4}}));
    assert_eq!(live.state.phase.get_untracked(), LivePhase::Joined);
    peer.answer(&request, &resumed(vec![frame(5, said("missed"))]));
    assert_eq!(events.next().await.map(|frame| frame.event.clone()), Some(said("missed")));
    assert_eq!(texts(&chat), ["missed"]);
}

#[wasm_bindgen_test]
async fn a_gap_is_noticed_and_filled() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let _live = joined(&mut peer, 4).await;
    let chat = BarrageStore::create(&live_id("a"));
    peer.event(Some(7), said("third"));
    let request = peer.expect("joinLive").await;
    assert_eq!(request.params["resume"]["seq"], 4);
    let missed = vec![frame(5, said("first")), frame(6, said("second")), frame(7, said("third"))];
    peer.answer(&request, &resumed(missed));
    until("all three", || texts(&chat) == ["first", "second", "third"]).await;
}

#[wasm_bindgen_test]
async fn a_resume_that_comes_too_late_gets_a_snapshot() {
    let (server, _client, mut peer) = Server::with_online_client().await;
    let _live = joined(&mut peer, 4).await;
    let audience = AudienceStore::create(&live_id("a"));
    peer.hang_up();
    let mut peer = server.accept().await;
    let mut fresh = snapshot(900);
    fresh.viewer_count = 12;
    peer.admit(&fresh).await;
    until_equal(&audience.state.viewer_count, 12).await;
}

#[wasm_bindgen_test]
async fn a_socket_that_fell_behind_gets_a_snapshot_unasked() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let _live = joined(&mut peer, 4).await;
    let audience = AudienceStore::create(&live_id("a"));
    let mut fresh = snapshot(50);
    fresh.viewer_count = 77;
    peer.notify(&Notification::Snapshot(Box::new(fresh)));
    until_equal(&audience.state.viewer_count, 77).await;
    peer.event(Some(51), said("goes on"));
    let chat = BarrageStore::create(&live_id("a"));
    until("the text", || texts(&chat) == ["goes on"]).await;
}

#[wasm_bindgen_test]
async fn joining_before_the_login_waits_for_it() {
    let (server, client) = Server::with_client();
    let live = LiveStore::create(&live_id("a"));
    let snapshot = snapshot(1);
    let server = async {
        let mut peer = server.accept().await;
        peer.admit(&snapshot).await;
        peer
    };
    assert_eq!(join(live.join(), server).await.0, Ok(()));
    until_online(&client).await;
}

#[wasm_bindgen_test]
async fn the_last_handle_leaves_the_live() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = joined(&mut peer, 4).await;
    let chat = BarrageStore::create(&live_id("a"));
    drop(live);
    peer.event(Some(5), said("still here"));
    until("the text", || texts(&chat) == ["still here"]).await;
    drop(chat);
    assert_eq!(peer.expect("leaveLive").await.params, json!({"liveId": "a"}));
}

#[wasm_bindgen_test]
async fn a_live_of_our_own_is_joined_by_creating_it_and_kept_until_it_ends() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let list = LiveListStore::shared();
    let mut mine = snapshot(0);
    mine.live.owner = user("me");
    let server = async {
        let request = peer.expect("createLive").await;
        assert_eq!(request.params["liveName"], "Mine");
        assert_eq!(request.params["maxSeatCount"], 8);
        peer.answer(&request, &mine);
    };
    let live = join(list.create_live(NewLive::named("Mine")), server).await.0.unwrap();
    assert_eq!(live.state.phase.get_untracked(), LivePhase::Joined);
    assert!(live.state.is_owner.get_untracked() && live.state.is_admin.get_untracked());
    assert_eq!(list.state.current_live.get_untracked(), Some(live_id("a")));
    let summary = LiveSummary {
        duration_ms: 1,
        message_count: 2,
        gift_count: 3,
        gift_coins: 4,
        battle_count: 5,
        battles_won: 6,
    };
    peer.event(Some(1), Event::OnLiveEnded { reason: LiveEndReason::EndedByOwner, summary });
    until_equal(&live.state.phase, LivePhase::Ended { reason: LiveEndReason::EndedByOwner, summary }).await;
    until_equal(&list.state.current_live, None).await;
}

#[wasm_bindgen_test]
async fn a_removed_user_is_told_the_operator_and_does_not_rejoin_automatically() {
    let (server, _client, mut peer) = Server::with_online_client().await;
    let live = joined(&mut peer, 4).await;
    let (reason, operator, banned_until) = (KickReason::Banned, Some(user("adi")), Some(9));
    peer.event(None, Event::OnKickedOutOfLive { reason, operator: operator.clone(), banned_until });
    until_equal(&live.state.phase, LivePhase::KickedOut { reason, operator, banned_until }).await;
    peer.hang_up();
    let mut peer = server.accept().await;
    let chat = BarrageStore::create(&live_id("a"));
    let server = async {
        let request = peer.expect("sendTextMessage").await;
        peer.reject(&request, ErrorCode::UserBanned.number());
    };
    let sent = join(chat.send_text("let me in".to_owned()), server).await.0;
    assert_eq!(sent.unwrap_err().code(), Some(ErrorCode::UserBanned));
}

#[wasm_bindgen_test]
async fn a_muted_user_sees_the_mute_until_it_ends() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = joined(&mut peer, 4).await;
    for is_disable in [true, false] {
        peer.event(None, Event::OnAudienceMessageDisabled { user_id: user_id("me"), is_disable });
        until_equal(&live.state.is_message_disabled, is_disable).await;
    }
    peer.event(None, Event::OnAudienceMessageDisabled { user_id: user_id("vic"), is_disable: true });
    let of_others = [user_id("vic")].into();
    until_equal(&live.state.message_disabled_user_ids, of_others).await;
    assert!(!live.state.is_message_disabled.get_untracked());
}

#[wasm_bindgen_test]
async fn paging_the_list_never_shows_a_live_twice() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let list = LiveListStore::shared();
    let card = |id: &str| {
        let mut info = serde_json::to_value(snapshot(0).live).unwrap();
        info["liveId"] = json!(id);
        info["activity"] = json!("inBattle");
        info["connectedCount"] = json!(2);
        info["takenSeatCount"] = json!(1);
        info["viewerCount"] = json!(9);
        info
    };
    let server = async {
        let first = peer.expect("fetchLiveList").await;
        assert_eq!(first.params, json!({"cursor": "", "count": 20}));
        peer.answer(&first, &json!({"lives": [card("x"), card("y")], "cursor": "next"}));
        let second = peer.expect("fetchLiveList").await;
        assert_eq!(second.params["cursor"], "next");
        peer.answer(&second, &json!({"lives": [card("y"), card("z")], "cursor": ""}));
    };
    let pages = async {
        list.refresh().await.unwrap();
        assert!(list.state.has_more.get_untracked());
        list.load_more().await.unwrap();
    };
    join(pages, server).await;
    let ids: Vec<_> = list.state.lives.get_untracked().into_iter().map(|card| card.live.live_id).collect();
    assert_eq!(ids, [live_id("x"), live_id("y"), live_id("z")]);
    assert!(!list.state.has_more.get_untracked());
}

#[wasm_bindgen_test]
async fn an_offline_owner_is_shown_as_reconnecting() {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = joined(&mut peer, 4).await;
    peer.event(Some(5), Event::OnUserOffline { user_id: user_id("ann") });
    until("ann is away", || live.state.info.get_untracked().is_some_and(|info| !info.is_owner_online)).await;
    peer.event(Some(6), Event::OnUserOnline { user_id: user_id("ann") });
    until("ann is back", || live.state.info.get_untracked().is_some_and(|info| info.is_owner_online)).await;
}
