//! Battle requests and their answers: start policies, timeouts, merging.

mod common;

use common::*;
use duelcast_protocol::{
    BattleCode, BattleConfig, BattleId, BattleRequestEndReason, CancelBattleRequest, ErrorCode, Event,
    ExitHostConnection, StartWhen, limits, rest::WebhookEvent,
};

fn any() -> BattleConfig {
    BattleConfig { start_when: StartWhen::Any, ..minute() }
}

fn ask(stage: &mut Stage, from: &str, users: &[&str], config: BattleConfig) -> BattleId {
    battle_reply(stage.by(from, request_battle(from, users, config))).battle_id
}

fn ended(stage: &Stage, name: &str) -> Option<BattleRequestEndReason> {
    let mut reason = None;
    for event in stage.private(name) {
        if let Event::OnBattleRequestEnded { reason: told, .. } = event {
            reason = Some(told);
        }
    }
    reason
}

fn has_started(stage: &Stage, name: &str) -> bool {
    stage.public(name).iter().any(|event| matches!(event, Event::OnBattleStarted { .. }))
}

fn sides(stage: &Stage, name: &str) -> Vec<String> {
    stage.battle(name).sides.iter().map(|side| side.live_id.to_string()).collect()
}

#[test]
fn without_consent_it_starts_at_once() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let reply = battle_reply(stage.by("ann", request_battle("ann", &["bob"], at_once())));
    assert_eq!(reply.battle_info.unwrap().ends_at, stage.now + MINUTE_MS);
    assert!(has_started(&stage, "ann") && has_started(&stage, "bob"));
}

#[test]
fn with_consent_both_know_of_the_request_and_nobody_else() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    let id = ask(&mut stage, "ann", &["bob"], minute());
    assert!(matches!(stage.private("ann").as_slice(), [Event::OnBattleRequestSent { .. }]));
    assert!(matches!(stage.private("bob").as_slice(), [Event::OnBattleRequestReceived { .. }]));
    assert!(stage.private("cid").is_empty() && stage.public("ann").is_empty());
    assert!(matches!(stage.webhook_events().as_slice(), [WebhookEvent::BattleRequested { .. }]));
    stage.by("bob", accept_battle("bob", &id));
    assert!(has_started(&stage, "cid"), "the third live watches");
    assert_eq!(sides(&stage, "cid"), ["ann", "bob"]);
    assert!(stage.room("ann").private.battle_request_sent.is_none());
    assert!(stage.room("bob").private.battle_requests_received.is_empty());
}

#[test]
fn start_when_all_needs_every_answer() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    let id = ask(&mut stage, "ann", &["bob", "cid"], minute());
    stage.by("bob", accept_battle("bob", &id));
    assert!(!has_started(&stage, "ann"));
    stage.by("cid", accept_battle("cid", &id));
    assert_eq!(sides(&stage, "ann"), ["ann", "bob", "cid"]);
}

#[test]
fn start_when_all_ends_with_the_first_refusal() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    let id = ask(&mut stage, "ann", &["bob", "cid"], minute());
    stage.by("bob", accept_battle("bob", &id));
    stage.by("cid", reject_battle("cid", &id));
    for name in ["ann", "bob", "cid"] {
        assert_eq!(ended(&stage, name), Some(BattleRequestEndReason::Rejected));
    }
    assert_eq!(stage.refused("bob", accept_battle("bob", &id)), ErrorCode::BattleNotExistOrEnded);
}

#[test]
fn start_when_any_waits_for_all_answers_and_takes_those_who_accepted() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid", "dot"]);
    let id = ask(&mut stage, "ann", &["bob", "cid", "dot"], any());
    stage.by("bob", reject_battle("bob", &id));
    stage.by("cid", accept_battle("cid", &id));
    assert!(!has_started(&stage, "ann"));
    stage.wait(TIMEOUT_MS);
    assert!(stage.private("dot").iter().any(|event| matches!(event, Event::OnBattleRequestTimeout { .. })));
    assert_eq!(sides(&stage, "ann"), ["ann", "cid"]);
}

#[test]
fn an_unanswered_request_times_out() {
    for config in [minute(), any()] {
        let mut stage = Stage::with_connected(&["ann", "bob"]);
        ask(&mut stage, "ann", &["bob"], config);
        stage.wait(TIMEOUT_MS);
        assert_eq!(ended(&stage, "ann"), Some(BattleRequestEndReason::TimedOut));
        assert_eq!(ended(&stage, "bob"), Some(BattleRequestEndReason::TimedOut));
    }
}

#[test]
fn the_inviter_takes_a_request_back_in_part_or_as_a_whole() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    let id = ask(&mut stage, "ann", &["bob", "cid"], minute());
    let cancel = |users: Option<&str>| CancelBattleRequest {
        live_id: live("ann"),
        battle_id: id.clone(),
        user_id_list: users.map(|name| vec![user_id(name)]),
    };
    assert_eq!(
        stage.refused("bob", CancelBattleRequest { live_id: live("bob"), ..cancel(None) }),
        ErrorCode::BattleNotExistOrEnded
    );
    stage.by("ann", cancel(Some("cid")));
    assert_eq!(stage.refused("cid", accept_battle("cid", &id)), ErrorCode::BattleNotExistOrEnded);
    stage.by("ann", cancel(None));
    assert_eq!(ended(&stage, "bob"), Some(BattleRequestEndReason::Cancelled));
    assert_eq!(stage.refused("ann", cancel(None)), ErrorCode::BattleNotExistOrEnded);
}

#[test]
fn when_only_those_who_accepted_are_left_it_starts() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    let id = ask(&mut stage, "ann", &["bob", "cid"], minute());
    stage.by("bob", accept_battle("bob", &id));
    let user_id_list = Some(vec![user_id("cid")]);
    stage.by("ann", CancelBattleRequest { live_id: live("ann"), battle_id: id.clone(), user_id_list });
    assert_eq!(sides(&stage, "ann"), ["ann", "bob"]);
    let cancel = CancelBattleRequest { live_id: live("ann"), battle_id: id, user_id_list: None };
    assert_eq!(stage.refused("ann", cancel), ErrorCode::CannotCancelRunningBattle);
}

#[test]
fn mutual_battle_requests_merge_into_one_accept() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let id = ask(&mut stage, "ann", &["bob"], minute());
    let reply = battle_reply(stage.by("bob", request_battle("bob", &["ann"], minute())));
    assert_eq!((reply.battle_id.clone(), reply.battle_info.is_some()), (id.clone(), true));
    assert_eq!(reply.results.get(&user_id("ann")), Some(&BattleCode::Ok));
    assert_eq!(stage.battle_id("ann"), id);
}

#[test]
fn each_user_gets_a_code_and_without_a_valid_one_it_is_refused() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid", "dot"]);
    stage.by("eve", create_live("eve"));
    assert_eq!(
        stage.refused("eve", request_battle("eve", &["ann"], minute())),
        ErrorCode::ConnectionNotExist
    );
    assert_eq!(
        stage.refused("ann", request_battle("ann", &["eve", "ann"], minute())),
        ErrorCode::NoValidRoom
    );
    stage.by("cid", request_battle("cid", &["dot"], minute()));
    let reply = stage.by("ann", request_battle("ann", &["bob", "cid", "eve", "bob"], minute()));
    let expected = [
        ("bob", BattleCode::Ok),
        ("cid", BattleCode::PendingRequest),
        ("eve", BattleCode::RoomNotInConnection),
    ];
    assert_eq!(battle_codes(reply), expected.map(|(name, code)| (name.to_owned(), code)));
    assert_eq!(
        stage.refused("ann", request_battle("ann", &["dot"], minute())),
        ErrorCode::PendingBattleRequest
    );
}

#[test]
fn several_requests_wait_in_one_inbox() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    ask(&mut stage, "ann", &["cid"], minute());
    let second = ask(&mut stage, "bob", &["cid"], minute());
    assert_eq!(stage.room("cid").private.battle_requests_received.len(), 2);
    stage.by("cid", accept_battle("cid", &second));
    assert_eq!(ended(&stage, "ann"), Some(BattleRequestEndReason::Superseded));
    assert!(stage.room("cid").private.battle_requests_received.is_empty());
}

#[test]
fn during_a_battle_no_live_of_the_connection_can_request_another() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    assert_eq!(stage.refused("cid", request_battle("cid", &["ann"], minute())), ErrorCode::InOtherBattle);
}

#[test]
fn leaving_the_connection_answers_for_an_invitee_and_ends_it_for_the_inviter() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    ask(&mut stage, "ann", &["bob", "cid"], any());
    stage.by("bob", ExitHostConnection { live_id: live("bob") });
    assert!(stage.private("ann").iter().any(|event| matches!(event, Event::OnBattleRequestRejected { .. })));
    assert_eq!(ended(&stage, "bob"), Some(BattleRequestEndReason::ConnectionEnded));
    assert!(stage.room("bob").private.battle_requests_received.is_empty());
    stage.by("ann", ExitHostConnection { live_id: live("ann") });
    assert_eq!(ended(&stage, "cid"), Some(BattleRequestEndReason::ConnectionEnded));
}

#[test]
fn a_config_outside_the_limits_is_refused() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let too_long = "x".repeat(limits::MAX_EXTRA_INFO_BYTES + 1);
    for config in [
        BattleConfig { duration_ms: 9_999, ..minute() },
        BattleConfig { duration_ms: 3_600_001, ..minute() },
        BattleConfig { settle_ms: 60_001, ..minute() },
        BattleConfig { penalty_ms: 600_001, ..minute() },
        BattleConfig { extension_info: too_long.clone(), ..minute() },
    ] {
        assert_eq!(stage.refused("ann", request_battle("ann", &["bob"], config)), ErrorCode::InvalidParams);
    }
}
