//! What back ends send and receive.

use std::collections::BTreeMap;

use duelcast_protocol::{rest::*, *};

use crate::{line, samples::*};

fn webhook_events() -> Vec<WebhookEvent> {
    vec![
        WebhookEvent::LiveStarted { live: live_info() },
        WebhookEvent::LiveEnded { live: live_info(), reason: LiveEndReason::OwnerGone, summary: summary() },
        WebhookEvent::CoHostConnected {
            connection_id: connection_id(),
            live_id: live_id("b"),
            connected: vec![co_host_live("a"), co_host_live("b")],
        },
        WebhookEvent::CoHostDisconnected {
            connection_id: connection_id(),
            live_id: live_id("b"),
            reason: CoHostLeaveReason::BattleOver,
        },
        WebhookEvent::BattleRequested { request: request() },
        WebhookEvent::BattleStarted { battle_info: battle() },
        WebhookEvent::BattleEnded { battle_info: battle() },
        WebhookEvent::BattlePenaltyEnded { battle_id: battle_id(), reason: PenaltyEndReason::TimeUp },
        WebhookEvent::GiftSent { live_id: live_id("a"), message: gift() },
    ]
}

#[test]
fn webhooks_of_every_kind() {
    let message = |(event, seq): (WebhookEvent, u64)| WebhookMessage {
        id: format!("msg_{seq}"),
        seq,
        at: AT,
        live_seqs: BTreeMap::new(),
        event,
    };
    let lines: Vec<String> =
        webhook_events().into_iter().zip(1..).map(|numbered| line(&message(numbered))).collect();
    insta::assert_snapshot!("webhooks", lines.join("\n"));
}

#[test]
fn rest_bodies() {
    let source = ScoreSource { gift_id: "rose".to_owned(), count: Some(3), ..ScoreSource::default() };
    let change = ScoreChange { live_id: Some(live_id("a")), user_id: None, value: -15 };
    let update = ScoreUpdate {
        op: ScoreOp::Add,
        occurred_at: Some(AT),
        source: Some(source.clone()),
        reverses: Some(1),
        scores: vec![change],
    };
    let entry = LedgerEntry {
        battle_id: battle_id(),
        number: 1,
        live_id: live_id("a"),
        user_id: user_id("ann"),
        op: ScoreOp::Set,
        value: 15,
        before: 0,
        after: 15,
        occurred_at: AT,
        applied_at: AT + 20,
        key_id: "billing".to_owned(),
        idempotency_key: "gift-1".to_owned(),
        source: Some(source),
        reverses: None,
    };
    let status = LiveBattleStatus {
        live_id: live_id("a"),
        status: BattleStatus::Running,
        battle: Some(battle()),
        request: None,
        server_time: AT,
        remaining_ms: 60_000,
    };
    let lines = [
        line(&update),
        line(&ScoreReply { score: battle_score(), entries: vec![2] }),
        line(&LedgerPage { entries: vec![entry], head: "5f".to_owned(), cursor: String::new() }),
        line(&status),
        line(&BanOptions { duration_ms: Some(60_000) }),
        line(&KickUser { user_id: user_id("vic") }),
        line(&MutedUsers { user_ids: vec![user_id("vic")] }),
        line(&StartBattle { live_ids: vec![live_id("a"), live_id("b")], config: BattleConfig::default() }),
    ];
    insta::assert_snapshot!("rest", lines.join("\n"));
}

#[test]
fn bodies_are_objects_with_known_members_only() {
    fn is_taken<T: serde::de::DeserializeOwned>(body: &str) -> bool {
        serde_json::from_str::<Strict<T>>(body).is_ok()
    }
    let line = r#"{"liveId":"a","value":1}"#;
    assert!(is_taken::<ScoreUpdate>(&format!(r#"{{"op":"add","scores":[{line}],"source":{{"note":"n"}}}}"#)));
    for body in [
        format!(r#"["add",null,null,null,[{line}]]"#),
        r#"{"op":"add","scores":[["a",null,1]]}"#.to_owned(),
        format!(r#"{{"op":"add","scores":[{line}],"source":["rose"]}}"#),
        format!(r#"{{"op":"add","scores":[{line}],"source":{{"gift":"rose"}}}}"#),
        format!(r#"{{"op":"add","scores":[{line}],"x":1}}"#),
    ] {
        assert!(!is_taken::<ScoreUpdate>(&body), "{body}");
    }
    assert!(!is_taken::<StartBattle>(r#"{"liveIds":["a","b"],"config":[60000]}"#));
    assert!(!is_taken::<KickUser>(r#"["ann"]"#));
    assert!(is_taken::<ReplayWebhooks>(r#"{"deadLetters":{}}"#));
    for body in [r#"{"deadLetters":[]}"#, r#"{"deadLetters":{"x":1}}"#, "[1]", r#"{"fromSeq":1,"fromAt":1}"#]
    {
        assert!(!is_taken::<ReplayWebhooks>(body), "{body}");
    }
}

#[test]
fn a_client_passes_over_members_that_a_later_server_adds() {
    let config: BattleConfig = serde_json::from_str(r#"{"durationMs":60000,"later":1}"#).unwrap();
    assert_eq!(config.duration_ms, 60_000);
}
