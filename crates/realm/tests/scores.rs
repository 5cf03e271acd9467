//! Scores: a repeated key changes nothing, every change is a ledger line, and a line can be taken
//! back.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use duelcast_protocol::{
    BattleId, ErrorCode, limits,
    rest::{LedgerEntry, ScoreChange, ScoreOp, ScoreReply, ScoreSource, ScoreUpdate},
};
use duelcast_realm::{Effect, ServiceAction};

fn fight() -> (Stage, BattleId) {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    let id = stage.battle_id("ann");
    (stage, id)
}

fn send(stage: &mut Stage, id: &BattleId, key: &str, update: ScoreUpdate) -> Result<ScoreReply, ErrorCode> {
    stage.service(update_scores(id, key, update)).map(score_reply)
}

fn totals(stage: &Stage, id: &BattleId) -> Vec<u64> {
    stage.realm.battle_score(id).unwrap().scores.iter().map(|side| side.score).collect()
}

fn ledger(stage: &Stage) -> Vec<LedgerEntry> {
    let entry = |effect: &Effect| {
        if let Effect::Ledger(entry) = effect { Some(entry.clone()) } else { None }
    };
    stage.effects.iter().filter_map(entry).collect()
}

#[test]
fn a_change_reaches_all_lives_that_show_the_battle() {
    let (mut stage, id) = fight();
    let reply = send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    assert_eq!((reply.score.score_rev, reply.entries), (1, vec![1]));
    let told = stage.effects.iter().any(|effect| {
        matches!(effect, Effect::ScoreChanged { live_ids, .. } if *live_ids == [live("ann"), live("bob"), live("cid")])
    });
    assert!(told, "the watching live too");
    assert_eq!(totals(&stage, &id), [5, 0]);
}

#[test]
fn the_same_key_and_body_give_the_first_answer_and_no_second_effect() {
    let (mut stage, id) = fight();
    let first = send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    send(&mut stage, &id, "k2", add(&[("ann", 1)])).unwrap();
    let again = send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    assert_eq!((first, stage.effects.len()), (again, 0));
    assert_eq!(totals(&stage, &id), [6, 0]);
    stage.wait(MINUTE_MS);
    assert!(send(&mut stage, &id, "k1", add(&[("ann", 5)])).is_ok(), "also after the end");
}

#[test]
fn a_key_is_known_for_a_day_after_the_battle_even_when_the_lives_are_over() {
    let (mut stage, id) = fight();
    let first = send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    stage.wait(MINUTE_MS);
    for name in ["ann", "bob", "cid"] {
        stage.service(ServiceAction::EndLive { live_id: live(name) }).unwrap();
    }
    stage.wait(limits::KEEP_ENDED_BATTLE_MS - 1);
    assert_eq!(send(&mut stage, &id, "k1", add(&[("ann", 5)])), Ok(first));
    stage.wait(1);
    assert_eq!(send(&mut stage, &id, "k1", add(&[("ann", 5)])), Err(ErrorCode::BattleNotExistOrEnded));
}

#[test]
fn the_same_key_with_another_body_is_a_conflict() {
    let (mut stage, id) = fight();
    send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    assert_eq!(send(&mut stage, &id, "k1", add(&[("ann", 6)])), Err(ErrorCode::IdempotencyConflict));
    assert_eq!(totals(&stage, &id), [5, 0]);
}

#[test]
fn every_change_is_a_ledger_line_with_its_source_and_the_lines_add_up() {
    let (mut stage, id) = fight();
    let source = Some(ScoreSource { giver_user_id: "vic".to_owned(), ..ScoreSource::default() });
    let update = ScoreUpdate { source: source.clone(), ..add(&[("ann", 5), ("bob", 2)]) };
    send(&mut stage, &id, "k1", update).unwrap();
    let mut lines = ledger(&stage);
    send(&mut stage, &id, "k2", add(&[("ann", 3)])).unwrap();
    lines.extend(ledger(&stage));
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        lines.iter().map(|line| (line.before, line.after)).collect::<Vec<_>>(),
        [(0, 5), (0, 2), (5, 8)]
    );
    assert_eq!((&lines[0].source, lines[0].key_id.as_str()), (&source, "billing"));
}

#[test]
fn a_reversal_names_the_entry_it_takes_back_and_works_once() {
    let (mut stage, id) = fight();
    send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    let reversal = |number, value| ScoreUpdate { reverses: Some(number), ..add(&[("ann", value)]) };
    assert_eq!(send(&mut stage, &id, "r0", reversal(9, -5)), Err(ErrorCode::LedgerEntryNotExist));
    assert_eq!(send(&mut stage, &id, "r0", reversal(1, -4)), Err(ErrorCode::InvalidParams));
    send(&mut stage, &id, "r0", reversal(1, -5)).expect("a refused update is not remembered");
    assert_eq!(ledger(&stage)[0].reverses, Some(1));
    assert_eq!(send(&mut stage, &id, "r1", reversal(1, -5)), Err(ErrorCode::AlreadyReversed));
    assert_eq!(totals(&stage, &id), [0, 0]);
}

#[test]
fn a_source_fits_into_every_reader_and_is_shown_as_it_is_written() {
    let (mut stage, id) = fight();
    let with = |source| ScoreUpdate { source: Some(source), ..add(&[("ann", 5)]) };
    let too_many = ScoreSource { coins: Some(limits::MAX_SAFE_INTEGER + 1), ..ScoreSource::default() };
    assert_eq!(send(&mut stage, &id, "k1", with(too_many)), Err(ErrorCode::InvalidParams));
    let turned = ScoreSource { giver_name: "a\u{202e}b".to_owned(), ..ScoreSource::default() };
    assert_eq!(send(&mut stage, &id, "k1", with(turned)), Err(ErrorCode::InvalidParams));
}

#[test]
fn a_reversal_cannot_be_reversed() {
    let (mut stage, id) = fight();
    send(&mut stage, &id, "k1", add(&[("ann", 5)])).unwrap();
    let reversal = |number, value| ScoreUpdate { reverses: Some(number), ..add(&[("ann", value)]) };
    send(&mut stage, &id, "r1", reversal(1, -5)).unwrap();
    assert_eq!(send(&mut stage, &id, "r2", reversal(2, 5)), Err(ErrorCode::InvalidParams));
    assert_eq!(totals(&stage, &id), [0, 0]);
}

#[test]
fn set_makes_the_value_the_total_and_add_never_falls_below_zero() {
    let (mut stage, id) = fight();
    send(&mut stage, &id, "k1", score(ScoreOp::Set, &[("ann", 50), ("bob", 7)])).unwrap();
    send(&mut stage, &id, "k2", add(&[("bob", -9)])).unwrap();
    assert_eq!(totals(&stage, &id), [50, 0]);
    assert_eq!((ledger(&stage)[0].before, ledger(&stage)[0].after), (7, 0));
}

#[test]
fn all_lines_apply_or_none() {
    let (mut stage, id) = fight();
    let max = limits::MAX_SCORE.cast_signed();
    send(&mut stage, &id, "k1", add(&[("bob", 1)])).unwrap();
    assert_eq!(
        send(&mut stage, &id, "k2", add(&[("ann", 1), ("bob", max)])),
        Err(ErrorCode::ScoreOutOfRange)
    );
    assert_eq!(send(&mut stage, &id, "k3", add(&[("ann", 1), ("cid", 1)])), Err(ErrorCode::RoomNotInBattle));
    assert_eq!(totals(&stage, &id), [0, 1]);
    assert_eq!(stage.realm.battle_score(&id).unwrap().score_rev, 1);
}

#[test]
fn a_side_is_named_by_live_or_by_owner_and_by_exactly_one_of_them() {
    let (mut stage, id) = fight();
    let line = |live_id, user_id| ScoreChange { live_id, user_id, value: 3 };
    let update = |scores| ScoreUpdate { scores, ..add(&[]) };
    send(&mut stage, &id, "k1", update(vec![line(None, Some(user_id("bob")))])).unwrap();
    assert_eq!(totals(&stage, &id), [0, 3]);
    for bad in [vec![], vec![line(None, None)], vec![line(Some(live("bob")), Some(user_id("bob")))]] {
        assert_eq!(send(&mut stage, &id, "k2", update(bad)), Err(ErrorCode::InvalidParams));
    }
    let negative = score(ScoreOp::Set, &[("ann", -1)]);
    assert_eq!(send(&mut stage, &id, "k3", negative), Err(ErrorCode::ScoreOutOfRange));
}

#[test]
fn a_side_that_left_cannot_score() {
    let (mut stage, id) = fight();
    stage.by("bob", exit_battle("bob", &id));
    assert_eq!(send(&mut stage, &id, "k1", add(&[("bob", 1)])), Err(ErrorCode::RoomNotInBattle));
}

#[test]
fn scores_need_a_battle_that_has_started_and_is_on() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let id = battle_reply(stage.by("ann", request_battle("ann", &["bob"], minute()))).battle_id;
    assert_eq!(send(&mut stage, &id, "k1", add(&[("bob", 1)])), Err(ErrorCode::BattleNotStarted));
    stage.by("bob", accept_battle("bob", &id));
    stage.wait(MINUTE_MS);
    assert_eq!(send(&mut stage, &id, "k1", add(&[("bob", 1)])), Err(ErrorCode::BattleHasEnded));
    let unknown = BattleId::new("unknown").unwrap();
    assert_eq!(send(&mut stage, &unknown, "k1", add(&[("bob", 1)])), Err(ErrorCode::BattleNotExistOrEnded));
}

#[test]
fn a_gift_from_the_future_counts_as_now() {
    let (mut stage, id) = fight();
    let update = ScoreUpdate { occurred_at: Some(stage.now + 99_000), ..add(&[("ann", 1)]) };
    send(&mut stage, &id, "k1", update).unwrap();
    assert_eq!(ledger(&stage)[0].occurred_at, stage.now);
}
