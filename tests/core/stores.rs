//! What the stores make of events, and what they ask the server for.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use duelcast::stores::{
    BattleStore, CoHostStore, HostConnectionRequest, LikeStore, LiveSeatStore, LiveStore, SeatKey,
    remaining_seconds,
};
use duelcast_protocol::{
    BattleConfig, BattleEndReason, BattleId, BattleInfo, BattlePhase, BattleResult, BattleScore, BattleSide,
    CoHostCode, CoHostInvitation, CoHostLive, ConnectionId, Event, Notification, RankedSide, SideOutcome,
    SideScore, Volatile, Volume,
};
use futures::{StreamExt, future::join};
use leptos::prelude::*;
use leptos::reactive::effect::ImmediateEffect;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::server::{Peer, SERVER_TIME, Server, live_id, seat, snapshot, until, until_equal, user, user_id};

const MINUTE_MS: u64 = 60_000;

fn battle(scores: [u64; 2]) -> BattleInfo {
    let side = |live: &str, owner: &str, score| BattleSide {
        live_id: live_id(live),
        user: user(owner),
        score,
        exited: None,
    };
    BattleInfo {
        battle_id: BattleId::new("pk").unwrap(),
        connection_id: ConnectionId::new("c").unwrap(),
        config: BattleConfig { duration_ms: MINUTE_MS, ..BattleConfig::default() },
        phase: BattlePhase::Running,
        inviter_user_id: user_id("ann"),
        started_at: SERVER_TIME,
        ends_at: SERVER_TIME + MINUTE_MS,
        penalty_ends_at: None,
        sides: vec![side("a", "ann", scores[0]), side("b", "bob", scores[1])],
        score_rev: 0,
        contributors: Vec::new(),
        result: None,
    }
}

fn scores(rev: u64, a: u64, b: u64) -> Notification {
    let score =
        |live: &str, owner: &str, score| SideScore { live_id: live_id(live), user_id: user_id(owner), score };
    Notification::Volatile(Volatile {
        live_id: live_id("a"),
        rev,
        battle_contributors: None,
        newcomers: None,
        battle_score: Some(BattleScore {
            battle_id: BattleId::new("pk").unwrap(),
            score_rev: rev,
            scores: vec![score("a", "ann", a), score("b", "bob", b)],
        }),
        likes: None,
        viewer_count: None,
        volumes: None,
    })
}

fn other_live(id: &str, owner: &str) -> CoHostLive {
    CoHostLive {
        live_id: live_id(id),
        live_name: id.to_owned(),
        cover_url: String::new(),
        owner: user(owner),
        is_owner_online: true,
        max_seat_count: 2,
        joined_at: SERVER_TIME,
    }
}

/// A client in live `a`, whose owner it is.
async fn host() -> (Peer, LiveStore) {
    let (_server, _client, mut peer) = Server::with_online_client().await;
    let live = LiveStore::create(&live_id("a"));
    let mut snapshot = snapshot(0);
    snapshot.live.owner = user("me");
    join(live.join(), peer.admit(&snapshot)).await.0.unwrap();
    (peer, live)
}

#[wasm_bindgen_test]
async fn a_battle_runs_from_start_to_result() {
    let (peer, _live) = host().await;
    let store = BattleStore::create(&live_id("a"));
    let mut events = store.events();
    peer.event(Some(1), Event::OnBattleStarted { battle_info: battle([0, 0]) });
    until_equal(&store.state.phase, Some(BattlePhase::Running)).await;
    peer.notify(&scores(1, 7, 3));
    until_equal(&store.state.score(&live_id("a")), 7).await;
    let ranked = |live: &str, owner: &str, rank, score, outcome| RankedSide {
        live_id: live_id(live),
        user_id: user_id(owner),
        rank,
        score,
        outcome,
    };
    let result = BattleResult {
        reason: BattleEndReason::TimeUp,
        is_draw: false,
        ranking: vec![
            ranked("a", "ann", 1, 9, SideOutcome::Won),
            ranked("b", "bob", 2, 3, SideOutcome::Lost),
        ],
        contributors: Vec::new(),
        rule_versions: Vec::new(),
    };
    let ended = BattleInfo { phase: BattlePhase::Ended, result: Some(result.clone()), ..battle([9, 3]) };
    peer.event(Some(2), Event::OnBattleEnded { battle_info: ended.clone() });
    until_equal(&store.state.result, Some(result)).await;
    assert_eq!(store.state.score(&live_id("a")).get_untracked(), 9);
    events.next().await.unwrap();
    assert_eq!(events.next().await.unwrap().event, Event::OnBattleEnded { battle_info: ended });
}

#[wasm_bindgen_test]
async fn when_an_event_is_told_the_state_has_it_already() {
    let (peer, _live) = host().await;
    let store = BattleStore::create(&live_id("a"));
    let mut events = store.events();
    peer.event(Some(1), Event::OnBattleStarted { battle_info: battle([0, 0]) });
    events.next().await.unwrap();
    assert_eq!(store.state.phase.get_untracked(), Some(BattlePhase::Running));
}

#[wasm_bindgen_test]
async fn scores_of_one_frame_are_written_once() {
    let (peer, _live) = host().await;
    let store = BattleStore::create(&live_id("a"));
    peer.event(Some(1), Event::OnBattleStarted { battle_info: battle([0, 0]) });
    until_equal(&store.state.phase, Some(BattlePhase::Running)).await;
    let runs = Arc::new(AtomicU32::new(0));
    let (score, counter) = (store.state.score(&live_id("a")), runs.clone());
    let _effect = ImmediateEffect::new(move || {
        let _ = score.get();
        counter.fetch_add(1, Ordering::Relaxed);
    });
    for rev in 1..=500 {
        peer.notify(&scores(rev, rev, 0));
    }
    until_equal(&store.state.score(&live_id("a")), 500).await;
    assert!(runs.load(Ordering::Relaxed) < 50, "{runs:?}");
}

#[wasm_bindgen_test]
async fn old_scores_do_not_overtake_new_ones() {
    let (peer, _live) = host().await;
    let store = BattleStore::create(&live_id("a"));
    peer.event(Some(1), Event::OnBattleStarted { battle_info: battle([0, 0]) });
    peer.notify(&scores(5, 50, 40));
    peer.notify(&scores(4, 10, 10));
    until_equal(&store.state.score(&live_id("a")), 50).await;
    peer.notify(&scores(6, 60, 40));
    until_equal(&store.state.score(&live_id("a")), 60).await;
}

#[wasm_bindgen_test]
async fn times_go_out_as_whole_milliseconds() {
    let (mut peer, _live) = host().await;
    let (battles, co_host) = (BattleStore::create(&live_id("a")), CoHostStore::create(&live_id("a")));
    let config = BattleConfig { duration_ms: MINUTE_MS, penalty_ms: 5_000, ..BattleConfig::default() };
    let invitation = HostConnectionRequest {
        battle: Some(config.clone()),
        ..HostConnectionRequest::to(vec![live_id("b"), live_id("gone")])
    };
    let calls = async {
        let reply = battles.request_battle(vec![user_id("bob")], config, 10_000).await.unwrap();
        let codes = co_host.request_host_connection(invitation).await.unwrap();
        (reply, codes)
    };
    let server = async {
        let request = peer.expect("requestBattle").await;
        assert_eq!(request.params["timeoutMs"], json!(10_000));
        assert_eq!(request.params["config"]["durationMs"], json!(60_000));
        assert_eq!(request.params["config"]["penaltyMs"], json!(5_000));
        peer.answer(&request, &json!({"battleId": "pk", "results": {"bob": 100_416}}));
        let request = peer.expect("requestHostConnection").await;
        assert_eq!(request.params["timeoutMs"], json!(10_000));
        assert_eq!(request.params["battle"]["durationMs"], json!(60_000));
        peer.answer(&request, &json!({"results": {"b": 0, "gone": 1}}));
    };
    let ((reply, codes), ()) = join(calls, server).await;
    assert_eq!(reply.results.get(&user_id("bob")), Some(&duelcast_protocol::BattleCode::PendingRequest));
    assert_eq!(codes.get(&live_id("gone")), Some(&CoHostCode::RoomNotExist));
}

#[wasm_bindgen_test]
async fn a_fresh_battle_never_shows_more_than_its_duration() {
    let (peer, _live) = host().await;
    let store = BattleStore::create(&live_id("a"));
    peer.event(Some(1), Event::OnBattleStarted { battle_info: battle([0, 0]) });
    until_equal(&store.state.ends_at, Some(SERVER_TIME + MINUTE_MS)).await;
    let now = duelcast::stores::Client::current().clock().now();
    assert!(remaining_seconds(now, SERVER_TIME + MINUTE_MS, MINUTE_MS) <= 60);
}

#[wasm_bindgen_test]
async fn invitations_gather_in_an_inbox_and_leave_it_one_by_one() {
    let (peer, _live) = host().await;
    let store = CoHostStore::create(&live_id("a"));
    let invitation = |from: &str| CoHostInvitation {
        from: other_live(from, from),
        to: other_live("a", "me"),
        layout_template: 1,
        extra_info: String::new(),
        battle: None,
        created_at: SERVER_TIME,
        expires_at: SERVER_TIME + 10_000,
    };
    for from in ["b", "c"] {
        peer.event(None, Event::OnCoHostRequestReceived { invitation: invitation(from) });
    }
    until_equal(&store.state.applicants, vec![invitation("b"), invitation("c")]).await;
    peer.event(None, Event::OnCoHostRequestTimeout { from_live_id: live_id("b"), to_live_id: live_id("a") });
    until_equal(&store.state.applicants, vec![invitation("c")]).await;
}

#[wasm_bindgen_test]
async fn connected_lives_bring_their_seats_and_take_them_along() {
    let (peer, _live) = host().await;
    let (co_host, seats) = (CoHostStore::create(&live_id("a")), LiveSeatStore::create(&live_id("a")));
    let connection_id = ConnectionId::new("c").unwrap();
    peer.event(
        Some(1),
        Event::OnCoHostUserJoined {
            connection_id: connection_id.clone(),
            layout_template: 1,
            joined_live_ids: vec![live_id("a"), live_id("b")],
            connected: vec![other_live("a", "me"), other_live("b", "bob")],
            seats: vec![seat("b", 0, Some("bob"))],
        },
    );
    let theirs = SeatKey { live_id: live_id("b"), index: 0 };
    until("their seat", || seats.state.keys.get_untracked().contains(&theirs)).await;
    assert_eq!(co_host.state.connected.get_untracked().len(), 2);
    assert!(seats.state.seat(&theirs).get_untracked().is_some_and(|seat| seat.user.is_some()));
    let volumes = Some(vec![Volume { user_id: user_id("bob"), level: 64 }]);
    peer.notify(&Notification::Volatile(Volatile {
        live_id: live_id("a"),
        rev: 1,
        battle_contributors: None,
        newcomers: None,
        battle_score: None,
        likes: None,
        viewer_count: None,
        volumes,
    }));
    until_equal(&seats.state.volume(&user_id("bob")), 64).await;
    let reason = duelcast_protocol::CoHostLeaveReason::Left;
    peer.event(Some(2), Event::OnCoHostUserLeft { connection_id, left_live_id: live_id("a"), reason });
    until("their seat is gone", || !seats.state.keys.get_untracked().contains(&theirs)).await;
    assert!(co_host.state.connected.get_untracked().is_empty());
    assert_eq!(seats.state.volume(&user_id("bob")).get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn likes_show_at_once_and_go_out_together() {
    let (mut peer, _live) = host().await;
    let likes = LikeStore::create(&live_id("a"));
    for _ in 0..30 {
        likes.send_like();
    }
    assert_eq!(likes.state.total.get_untracked(), 30);
    let request = peer.expect("sendLike").await;
    assert_eq!(request.params, json!({"liveId": "a", "count": 30}));
    peer.answer(&request, &json!({}));
}

#[wasm_bindgen_test]
async fn refused_likes_are_taken_back() {
    let (mut peer, _live) = host().await;
    let likes = LikeStore::create(&live_id("a"));
    likes.send_like();
    let request = peer.expect("sendLike").await;
    peer.reject(&request, duelcast_protocol::ErrorCode::TooFrequent.number());
    until_equal(&likes.state.total, 0).await;
}
