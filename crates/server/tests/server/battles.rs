//! Two hosts, their viewers, and a battle.

use duelcast_protocol::{
    AcceptBattle, AcceptHostConnection, BattleConfig, BattleId, BattlePhase, Event, RequestBattle,
    RequestHostConnection, UserId,
};
use serde_json::json;

use super::{
    client::{Client, live_id},
    host::Host,
};

/// Hosts `ann` and `bob` with their lives `red` and `blue`, connected.
pub async fn connected_hosts(host: &Host) -> (Client, Client) {
    let (mut ann, mut bob) = (host.user("ann").await, host.user("bob").await);
    ann.create_live("red").await;
    bob.create_live("blue").await;
    connect(&mut ann, &mut bob).await;
    (ann, bob)
}

async fn connect(ann: &mut Client, bob: &mut Client) {
    let request = RequestHostConnection {
        live_id: live_id("red"),
        target_hosts: vec![live_id("blue")],
        layout_template: 1,
        timeout_ms: 10_000,
        extra_info: String::new(),
        battle: None,
    };
    ann.call(request).await.unwrap();
    bob.happened(|event| matches!(event, Event::OnCoHostRequestReceived { .. })).await;
    let accept = AcceptHostConnection { live_id: live_id("blue"), from_host_live_id: live_id("red") };
    bob.call(accept).await.unwrap();
    for host in [ann, bob] {
        host.happened(|event| matches!(event, Event::OnCoHostUserJoined { .. })).await;
    }
}

/// Has `ann` ask `bob` for a battle, and `bob` accept.
pub async fn fight(ann: &mut Client, bob: &mut Client, config: BattleConfig) -> BattleId {
    let request = RequestBattle {
        live_id: live_id("red"),
        user_id_list: vec![UserId::new("bob").unwrap()],
        config,
        timeout_ms: 10_000,
    };
    let battle_id = ann.call(request).await.unwrap().battle_id;
    bob.happened(|event| matches!(event, Event::OnBattleRequestReceived { .. })).await;
    let accept = AcceptBattle { live_id: live_id("blue"), battle_id: battle_id.clone() };
    bob.call(accept).await.unwrap();
    for host in [ann, bob] {
        host.happened(|event| matches!(event, Event::OnBattleStarted { .. })).await;
    }
    battle_id
}

/// Adds to the score of `red` over REST.
pub async fn add_score(host: &Host, battle: &BattleId, key: &str, value: i64) {
    let body = json!({ "op": "add", "scores": [{ "liveId": "red", "value": value }] });
    let http = host.http().with("idempotency-key", key);
    let answer = http.post(&format!("/v1/battles/{battle}/scores"), body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn a_request_that_carries_its_battle_starts_it_on_the_accept() {
    let host = Host::start().await;
    let (mut ann, mut bob) = (host.user("ann").await, host.user("bob").await);
    ann.create_live("red").await;
    bob.create_live("blue").await;
    let request = RequestHostConnection {
        live_id: live_id("red"),
        target_hosts: vec![live_id("blue")],
        layout_template: 1,
        timeout_ms: 10_000,
        extra_info: String::new(),
        battle: Some(BattleConfig::default()),
    };
    ann.call(request).await.unwrap();
    let accept = AcceptHostConnection { live_id: live_id("blue"), from_host_live_id: live_id("red") };
    bob.call(accept).await.unwrap();
    for host in [&mut ann, &mut bob] {
        host.happened(|event| matches!(event, Event::OnBattleStarted { .. })).await;
    }
}

#[tokio::test]
async fn scores_reach_hosts_and_viewers_of_both_lives() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let (mut eve, mut dan) = (host.user("eve").await, host.user("dan").await);
    eve.join("red").await;
    dan.join("blue").await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    add_score(&host, &battle, "gift-1", 50).await;
    for client in [&mut ann, &mut bob, &mut eve, &mut dan] {
        let score = client.volatile(|volatile| volatile.battle_score.clone()).await;
        let red = score.scores.iter().find(|side| side.live_id == live_id("red")).unwrap();
        assert_eq!((score.battle_id, red.score), (battle.clone(), 50));
    }
}

#[tokio::test]
async fn late_viewers_receive_the_running_battle() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    add_score(&host, &battle, "gift-1", 1_200).await;
    let mut late = [host.user("eve").await, host.user("dan").await];
    let of_red = late[0].join("red").await.battle.unwrap();
    let of_blue = late[1].join("blue").await.battle.unwrap();
    assert_eq!(of_red, of_blue);
    assert_eq!((of_red.phase, of_red.sides[0].score), (BattlePhase::Running, 1_200));
    let status = host.http().get("/v1/lives/red/battle").await.body;
    assert_eq!(status["battle"]["endsAt"], of_red.ends_at);
}

#[tokio::test]
async fn the_event_that_ends_a_battle_carries_the_final_scores() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    add_score(&host, &battle, "gift-1", 7).await;
    let answer = host.http().post(&format!("/v1/battles/{battle}/end"), json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let over = bob
        .event(|frame| {
            let Event::OnBattleEnded { battle_info } = &frame.event else {
                return None;
            };
            Some(battle_info.clone())
        })
        .await;
    let result = over.result.unwrap();
    assert_eq!((result.ranking[0].score, result.is_draw), (7, false));
    let kept = ann.join("red").await.battle.unwrap();
    assert_eq!(kept.sides, over.sides);
}

#[tokio::test]
async fn a_deadline_passes_without_anybody_doing_anything() {
    let host = Host::start().await;
    let (mut ann, mut bob) = (host.user("ann").await, host.user("bob").await);
    ann.create_live("red").await;
    bob.create_live("blue").await;
    let request = RequestHostConnection {
        live_id: live_id("red"),
        target_hosts: vec![live_id("blue")],
        layout_template: 1,
        timeout_ms: 1_000,
        extra_info: String::new(),
        battle: None,
    };
    ann.call(request).await.unwrap();
    for host in [&mut ann, &mut bob] {
        host.happened(|event| matches!(event, Event::OnCoHostRequestTimeout { .. })).await;
    }
}
