//! `kill -9` at any moment loses nothing that was acknowledged.

use duelcast_protocol::{
    AcceptHostConnection, BattleConfig, BattleId, JoinLive, JoinReply, LiveSnapshot, RequestBattle,
    RequestHostConnection, ResumeFrom, SendTextMessage, UserId,
};
use serde_json::json;

use super::{
    client::{Client, live_id},
    host::{api_key, service_token, user_token},
    http::{Http, HttpAnswer},
    process::Process,
};

async fn user(process: &Process, name: &str) -> Client {
    Client::login(process.addr, &user_token(&api_key(), name)).await
}

fn http(process: &Process) -> Http {
    Http::new(process.addr).with_token(&service_token(&api_key()))
}

async fn add(process: &Process, battle: &BattleId, key: &str, value: i64) -> HttpAnswer {
    let body = json!({ "op": "add", "scores": [{ "liveId": "red", "value": value }] });
    let http = http(process).with("idempotency-key", key);
    http.post(&format!("/v1/battles/{battle}/scores"), body).await
}

/// A battle between `red` and `blue` that runs.
async fn battle(process: &Process) -> (Client, Client, BattleId) {
    let (mut ann, mut bob) = (user(process, "ann").await, user(process, "bob").await);
    ann.create_live("red").await;
    bob.create_live("blue").await;
    let request = RequestHostConnection {
        live_id: live_id("red"),
        target_hosts: vec![live_id("blue")],
        layout_template: 1,
        timeout_ms: 10_000,
        extra_info: String::new(),
        battle: None,
    };
    ann.call(request).await.unwrap();
    let accept = AcceptHostConnection { live_id: live_id("blue"), from_host_live_id: live_id("red") };
    bob.call(accept).await.unwrap();
    let request = RequestBattle {
        live_id: live_id("red"),
        user_id_list: vec![UserId::new("bob").unwrap()],
        config: BattleConfig { need_response: false, ..BattleConfig::default() },
        timeout_ms: 10_000,
    };
    let battle = ann.call(request).await.unwrap().battle_id;
    (ann, bob, battle)
}

#[tokio::test]
async fn every_acknowledged_score_survives_a_kill_in_the_middle_of_a_battle() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let (mut ann, _bob, battle) = battle(&process).await;
    let ends_at = ann.join("red").await.battle.unwrap().ends_at;
    let mut process = process;
    let mut total = 0;
    for round in 0..3 {
        for gift in 0..10 {
            let answer = add(&process, &battle, &format!("gift-{round}-{gift}"), 7).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            total += 7;
        }
        process.kill();
        process = Process::start(data.path());
        let info = http(&process).get(&format!("/v1/battles/{battle}")).await.body;
        assert_eq!(
            (info["sides"][0]["score"].as_u64(), info["endsAt"].as_u64()),
            (Some(total), Some(ends_at))
        );
        let ledger = http(&process).get(&format!("/v1/battles/{battle}/ledger")).await.body;
        assert_eq!(ledger["entries"].as_array().unwrap().len() as u64, total / 7);
    }
    let again = add(&process, &battle, "gift-0-0", 7).await;
    assert_eq!((again.status.as_u16(), again.body["scores"][0]["score"].as_u64()), (200, Some(7)));
}

#[tokio::test]
async fn a_kill_while_commands_are_on_their_way_loses_none_that_was_answered() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let mut ann = user(&process, "ann").await;
    ann.create_live("red").await;
    let mut acknowledged = Vec::new();
    let send = async {
        for number in 0..20 {
            let text = number.to_string();
            let params = SendTextMessage { live_id: live_id("red"), text: text.clone() };
            ann.call(params).await.unwrap();
            acknowledged.push(text);
        }
    };
    send.await;
    let flying = SendTextMessage { live_id: live_id("red"), text: "flying".to_owned() };
    let request = duelcast_protocol::RpcRequest::new(
        duelcast_protocol::RequestId::Number(99),
        "sendTextMessage",
        flying,
    );
    ann.say(&serde_json::to_string(&request).unwrap()).await;
    process.kill();
    let process = Process::start(data.path());
    let snapshot = user(&process, "ann").await.join("red").await;
    let mut texts = texts(&snapshot);
    texts.retain(|text| text != "flying");
    assert_eq!(texts, acknowledged);
}

fn texts(snapshot: &LiveSnapshot) -> Vec<String> {
    let texts = snapshot.recent_messages.iter().filter_map(|item| match item {
        duelcast_protocol::ChatItem::Text(message) => Some(message.text.clone()),
        duelcast_protocol::ChatItem::Gift(_) => None,
    });
    texts.collect()
}

#[tokio::test]
async fn a_kill_under_load_loses_no_score_that_was_answered() {
    const WRITERS: u64 = 8;
    const ENOUGH: usize = 60;
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let (_ann, _bob, battle) = battle(&process).await;
    let (answered, mut answers) = tokio::sync::mpsc::channel(10_000);
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let (addr, battle, answered) = (process.addr, battle.clone(), answered.clone());
        writers.spawn(async move {
            for gift in 0.. {
                let http = Http::new(addr).with_token(&service_token(&api_key()));
                let http = http.with("idempotency-key", &format!("gift-{writer}-{gift}"));
                let body = json!({ "op": "add", "scores": [{ "liveId": "red", "value": 1 }] });
                let status = http.try_post(&format!("/v1/battles/{battle}/scores"), body).await;
                if status.is_none_or(|status| status != 200) {
                    return;
                }
                answered.send(()).await.unwrap();
            }
        });
    }
    drop(answered);
    for _ in 0..ENOUGH {
        answers.recv().await.unwrap();
    }
    process.kill();
    let mut acknowledged = ENOUGH as u64;
    while answers.recv().await.is_some() {
        acknowledged += 1;
    }
    let process = Process::start(data.path());
    let info = http(&process).get(&format!("/v1/battles/{battle}")).await.body;
    let score = info["sides"][0]["score"].as_u64().unwrap();
    assert!((acknowledged..=acknowledged + WRITERS).contains(&score), "{score} of {acknowledged}");
    let ledger = http(&process).get(&format!("/v1/battles/{battle}/ledger")).await.body;
    let last = ledger["entries"].as_array().unwrap().last().unwrap();
    assert!(score > 200 || last["after"].as_u64() == Some(score));
}

#[tokio::test]
async fn a_host_resumes_after_a_kill_where_they_were() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let (mut ann, _bob, battle) = battle(&process).await;
    let known = ann.join("red").await;
    process.kill();
    let process = Process::start(data.path());
    let mut ann = user(&process, "ann").await;
    let resume = Some(ResumeFrom { epoch: known.epoch.clone(), seq: known.seq });
    let params = JoinLive { live_id: live_id("red"), resume };
    let JoinReply::Resumed(resumed) = ann.call(params).await.unwrap() else {
        panic!("the events since are in the log");
    };
    let mut folded = known;
    resumed.events.iter().for_each(|frame| folded.fold(frame));
    let fresh = ann.join("red").await;
    ann.events_so_far().iter().for_each(|frame| folded.fold(frame));
    assert_eq!((folded.seq, &folded.seats, &folded.battle), (fresh.seq, &fresh.seats, &fresh.battle));
    assert_eq!(fresh.battle.unwrap().battle_id, battle);
}

#[tokio::test]
async fn an_orderly_end_closes_sockets_and_keeps_everything() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let (mut ann, _bob, battle) = battle(&process).await;
    assert_eq!(add(&process, &battle, "gift", 9).await.status, 200);
    assert_eq!(process.terminate(), Some(0));
    assert_eq!(ann.close_code().await, Some(1001));
    let process = Process::start(data.path());
    let info = http(&process).get(&format!("/v1/battles/{battle}")).await.body;
    assert_eq!(info["sides"][0]["score"], 9);
}
