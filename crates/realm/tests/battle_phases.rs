//! Running, settling, penalty, ended; the result; rematch; who sees it.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use duelcast_protocol::{
    BattleConfig, BattleEndReason, BattlePhase, CoHostLeaveReason, EndPenalty, ErrorCode, Event,
    ExitHostConnection, PenaltyEndReason, SideOutcome, limits,
    rest::{BattleStatus, StartBattle, WebhookEvent},
};
use duelcast_realm::{Reply, ServiceAction};

fn fight(names: &[&str], config: BattleConfig) -> Stage {
    let mut stage = Stage::with_connected(names);
    stage.by(names[0], request_battle(names[0], &names[1..], config));
    stage
}

fn with_penalty() -> BattleConfig {
    BattleConfig { penalty_ms: 20_000, ..at_once() }
}

fn give(stage: &mut Stage, lines: &[(&str, i64)]) {
    let id = stage.battle_id(lines[0].0);
    let key = format!("key-{}-{lines:?}", stage.now);
    stage.service(update_scores(&id, &key, add(lines))).unwrap();
}

fn outcomes(stage: &Stage, name: &str) -> Vec<(String, u32, SideOutcome)> {
    let ranking = stage.battle(name).result.expect("it is over").ranking;
    ranking.into_iter().map(|side| (side.live_id.to_string(), side.rank, side.outcome)).collect()
}

#[test]
fn the_ended_event_carries_the_final_scores_and_the_state_keeps_them() {
    let mut stage = fight(&["ann", "bob"], at_once());
    give(&mut stage, &[("ann", 30), ("bob", 12)]);
    stage.wait(MINUTE_MS);
    for name in ["ann", "bob"] {
        let told = stage.public(name);
        let [Event::OnBattleEnded { battle_info }] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(battle_info.sides.iter().map(|side| side.score).collect::<Vec<_>>(), [30, 12]);
        assert_eq!(stage.battle(name), *battle_info);
    }
    stage.wait(10 * MINUTE_MS);
    assert_eq!(stage.battle("ann").sides[0].score, 30);
}

#[test]
fn the_server_says_who_won() {
    let mut stage = fight(&["ann", "bob", "cid"], at_once());
    give(&mut stage, &[("ann", 5), ("bob", 9), ("cid", 5)]);
    stage.wait(MINUTE_MS);
    let expected =
        [("bob", 1, SideOutcome::Won), ("ann", 2, SideOutcome::Lost), ("cid", 2, SideOutcome::Lost)];
    assert_eq!(
        outcomes(&stage, "ann"),
        expected.map(|(name, rank, outcome)| (name.to_owned(), rank, outcome))
    );
    assert_eq!(stage.battle("ann").result.unwrap().reason, BattleEndReason::TimeUp);
}

#[test]
fn a_late_viewer_sees_the_same_phase_score_and_clock() {
    let mut stage = fight(&["ann", "bob"], at_once());
    stage.now += 20_000;
    give(&mut stage, &[("bob", 7)]);
    let late = stage.realm.live_snapshot(&live("bob"), None).unwrap();
    let battle = late.battle.unwrap();
    assert_eq!((battle.phase, battle.sides[1].score), (BattlePhase::Running, 7));
    assert_eq!(battle.ends_at - late.server_time, 40_000);
    assert_eq!(battle, stage.battle("ann"));
}

#[test]
fn times_are_integer_milliseconds_since_the_epoch() {
    let stage = fight(&["ann", "bob"], at_once());
    let battle = stage.battle("ann");
    assert_eq!((battle.started_at, battle.ends_at), (stage.now, stage.now + 60_000));
}

#[test]
fn settling_counts_what_occurred_in_time_and_delays_the_result() {
    let mut stage = fight(&["ann", "bob"], BattleConfig { settle_ms: 3_000, ..at_once() });
    let id = stage.battle_id("ann");
    let ends_at = stage.battle("ann").ends_at;
    stage.wait(MINUTE_MS);
    assert!(matches!(stage.public("bob").as_slice(), [Event::OnBattleSettling { .. }]));
    let mut late = add(&[("ann", 4)]);
    assert_eq!(stage.service(update_scores(&id, "now", late.clone())), Err(ErrorCode::BattleHasEnded));
    late.occurred_at = Some(ends_at - 1);
    stage.service(update_scores(&id, "late", late)).unwrap();
    stage.wait(3_000);
    assert!(matches!(stage.public("bob").as_slice(), [Event::OnBattleEnded { .. }]));
    assert_eq!(outcomes(&stage, "ann")[0], ("ann".to_owned(), 1, SideOutcome::Won));
    assert_eq!(stage.battle("ann").ends_at, ends_at);
}

#[test]
fn losers_serve_the_penalty_until_its_time_is_up() {
    let mut stage = fight(&["ann", "bob"], with_penalty());
    give(&mut stage, &[("ann", 1)]);
    stage.wait(MINUTE_MS);
    let told = stage.public("ann");
    let [Event::OnBattleEnded { .. }, Event::OnBattlePenaltyStarted { loser_user_ids, .. }] = told.as_slice()
    else {
        panic!("{told:?}")
    };
    assert_eq!(loser_user_ids, &[user_id("bob")]);
    assert_eq!(stage.battle("bob").phase, BattlePhase::Penalty);
    stage.wait(20_000);
    assert!(matches!(
        stage.public("bob").as_slice(),
        [Event::OnBattlePenaltyEnded { reason: PenaltyEndReason::TimeUp, .. }]
    ));
    assert_eq!(stage.connected("ann"), ["ann", "bob"], "back to co-hosting");
}

#[test]
fn a_draw_has_no_penalty() {
    let mut stage = fight(&["ann", "bob"], with_penalty());
    stage.wait(MINUTE_MS);
    assert!(matches!(stage.public("ann").as_slice(), [Event::OnBattleEnded { .. }]));
    assert!(stage.battle("ann").result.unwrap().is_draw);
}

#[test]
fn only_the_winner_lets_the_losers_off() {
    let mut stage = fight(&["ann", "bob"], with_penalty());
    let end = |name| EndPenalty { live_id: live(name), battle_id: stage.battle_id("ann") };
    let (by_ann, by_bob) = (end("ann"), end("bob"));
    assert_eq!(stage.refused("ann", by_ann.clone()), ErrorCode::NoPermission);
    give(&mut stage, &[("ann", 1)]);
    stage.wait(MINUTE_MS);
    assert_eq!(stage.refused("bob", by_bob), ErrorCode::NoPermission);
    stage.by("ann", by_ann.clone());
    assert!(matches!(
        stage.public("bob").as_slice(),
        [Event::OnBattlePenaltyEnded { reason: PenaltyEndReason::EndedByWinner, .. }]
    ));
    assert_eq!(stage.refused("ann", by_ann), ErrorCode::BattleHasEnded);
}

#[test]
fn a_rematch_may_start_during_the_penalty_and_ends_it() {
    let mut stage = fight(&["ann", "bob"], with_penalty());
    give(&mut stage, &[("ann", 1)]);
    stage.wait(MINUTE_MS);
    let first = stage.battle_id("ann");
    stage.by("bob", request_battle("bob", &["ann"], at_once()));
    let told = stage.public("ann");
    assert!(matches!(
        told.as_slice(),
        [
            Event::OnBattlePenaltyEnded { reason: PenaltyEndReason::Superseded, .. },
            Event::OnBattleStarted { .. }
        ]
    ));
    assert_ne!(stage.battle_id("ann"), first);
    assert_eq!(stage.battle("ann").sides[0].score, 0);
}

#[test]
fn disconnect_after_parts_the_lives_once_the_penalty_is_over() {
    let mut stage = fight(&["ann", "bob"], BattleConfig { disconnect_after: true, ..with_penalty() });
    give(&mut stage, &[("ann", 1)]);
    stage.wait(MINUTE_MS);
    assert_eq!(stage.connected("ann"), ["ann", "bob"]);
    stage.wait(20_000);
    for name in ["ann", "bob"] {
        let left = stage.public(name).into_iter().any(|event| {
            matches!(event, Event::OnCoHostUserLeft { reason: CoHostLeaveReason::BattleOver, left_live_id, .. } if left_live_id == live(name))
        });
        assert!(left, "{name}");
        assert!(stage.connected(name).is_empty());
    }
}

#[test]
fn a_live_that_joins_later_watches_the_battle() {
    let mut stage = fight(&["ann", "bob"], at_once());
    stage.by("cid", create_live("cid"));
    stage.by("ann", invite_host("ann", &["cid"]));
    stage.by("cid", accept_host("cid", "ann"));
    assert!(matches!(
        stage.public("cid").as_slice(),
        [Event::OnCoHostUserJoined { .. }, Event::OnBattleStarted { .. }]
    ));
    assert_eq!(stage.realm.live_battle_status(&live("cid"), stage.now).unwrap().status, BattleStatus::None);
    stage.by("cid", ExitHostConnection { live_id: live("cid") });
    stage.wait(MINUTE_MS);
    assert!(matches!(stage.public("cid").as_slice(), [Event::OnBattleEnded { .. }]), "it sees how it ends");
}

#[test]
fn a_service_starts_and_ends_a_battle() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let start = |names: &[&str]| ServiceAction::StartBattle {
        request: StartBattle { live_ids: names.iter().map(|name| live(name)).collect(), config: minute() },
    };
    stage.by("cid", create_live("cid"));
    assert_eq!(stage.service(start(&["ann", "cid"])), Err(ErrorCode::ConnectionNotExist));
    assert_eq!(stage.service(start(&["ann", "dot"])), Err(ErrorCode::RoomNotExist));
    assert_eq!(stage.service(start(&["ann", "ann"])), Err(ErrorCode::InvalidParams));
    let Ok(Reply::Battle(battle)) = stage.service(start(&["bob", "ann"])) else { panic!("it starts") };
    assert_eq!(battle.inviter_user_id, user_id("bob"));
    assert_eq!(stage.service(start(&["ann", "bob"])), Err(ErrorCode::InOtherBattle));
    stage.now += 10_000;
    let end = ServiceAction::EndBattle { battle_id: battle.battle_id };
    let Ok(Reply::Battle(battle)) = stage.service(end.clone()) else { panic!("it ends") };
    assert_eq!(battle.ends_at, stage.now);
    assert_eq!(battle.result.unwrap().reason, BattleEndReason::EndedByService);
    assert!(matches!(stage.webhook_events().as_slice(), [WebhookEvent::BattleEnded { .. }]));
    assert_eq!(stage.service(end), Err(ErrorCode::BattleHasEnded));
}

#[test]
fn the_pk_status_of_a_live_follows_its_battle() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let status = |stage: &Stage| {
        let status = stage.realm.live_battle_status(&live("bob"), stage.now).unwrap();
        (status.status, status.remaining_ms)
    };
    assert_eq!(status(&stage), (BattleStatus::None, 0));
    let reply = stage.by("ann", request_battle("ann", &["bob"], minute()));
    assert_eq!(status(&stage), (BattleStatus::Pending, 0));
    stage.by("bob", accept_battle("bob", &battle_reply(reply).battle_id));
    stage.wait(15_000);
    assert_eq!(status(&stage), (BattleStatus::Running, 45_000));
    stage.wait(45_000);
    assert_eq!(status(&stage), (BattleStatus::None, 0));
}

#[test]
fn an_ended_battle_is_kept_for_a_day_and_as_long_as_someone_sees_it() {
    let mut stage = fight(&["ann", "bob"], at_once());
    let first = stage.battle_id("ann");
    stage.wait(MINUTE_MS);
    stage.wait(limits::KEEP_ENDED_BATTLE_MS);
    assert!(stage.realm.battle(&first).is_some());
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    assert!(stage.realm.battle(&first).is_none());
}
