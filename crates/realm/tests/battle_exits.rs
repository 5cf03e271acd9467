//! Exits from a battle: each viewer receives the reason, and the score stays.

mod common;

use common::*;
use duelcast_protocol::{
    BattleConfig, BattleEndReason, BattleExitReason, BattlePhase, ErrorCode, Event, ExitHostConnection,
    GiftId, SendGift, SideOutcome, rest::BattleStatus,
};
use duelcast_realm::Effect;

fn fight(names: &[&str], config: BattleConfig) -> Stage {
    let mut stage = Stage::with_connected(names);
    stage.by(names[0], request_battle(names[0], &names[1..], config));
    stage
}

fn exit_reasons(stage: &Stage, audience: &str) -> Vec<(String, BattleExitReason)> {
    let mut reasons = Vec::new();
    for event in stage.public(audience) {
        if let Event::OnUserExitBattle { user_id, reason, .. } = event {
            reasons.push((user_id.to_string(), reason));
        }
    }
    reasons
}

#[test]
fn everyone_hears_of_an_exit_and_the_score_stays_marked_as_exited() {
    let mut stage = fight(&["ann", "bob"], at_once());
    let id = stage.battle_id("ann");
    stage.service(update_scores(&id, "k", add(&[("bob", 9), ("ann", 1)]))).unwrap();
    stage.by("bob", exit_battle("bob", &id));
    for audience in ["ann", "bob"] {
        assert_eq!(exit_reasons(&stage, audience), [("bob".to_owned(), BattleExitReason::Exited)]);
    }
    let side = &stage.battle("ann").sides[1];
    assert_eq!((side.score, side.exited), (9, Some(BattleExitReason::Exited)));
    assert_eq!(stage.battle("ann").phase, BattlePhase::Running, "one exit does not end a battle");
    stage.wait(MINUTE_MS);
    let ranking = stage.battle("ann").result.unwrap().ranking;
    assert_eq!((ranking[0].outcome, ranking[1].outcome), (SideOutcome::Won, SideOutcome::Exited));
}

#[test]
fn when_all_have_left_it_ends_early_without_a_winner() {
    let mut stage = fight(&["ann", "bob"], at_once());
    let id = stage.battle_id("ann");
    stage.by("bob", exit_battle("bob", &id));
    stage.by("ann", exit_battle("ann", &id));
    let battle = stage.battle("ann");
    assert_eq!((battle.phase, battle.ends_at), (BattlePhase::Ended, stage.now));
    let result = battle.result.unwrap();
    assert_eq!((result.reason, result.is_draw), (BattleEndReason::AllExited, false));
    assert_eq!(stage.refused("ann", exit_battle("ann", &id)), ErrorCode::BattleHasEnded);
}

#[test]
fn if_so_agreed_the_last_one_standing_wins_at_once() {
    let mut stage = fight(&["ann", "bob", "cid"], BattleConfig { end_when_one_left: true, ..at_once() });
    let id = stage.battle_id("ann");
    stage.by("bob", exit_battle("bob", &id));
    assert_eq!(stage.battle("ann").phase, BattlePhase::Running);
    stage.by("cid", exit_battle("cid", &id));
    let result = stage.battle("ann").result.unwrap();
    assert_eq!((result.reason, result.ranking[0].outcome), (BattleEndReason::OneLeft, SideOutcome::Won));
}

#[test]
fn leaving_the_connection_leaves_the_battle_and_the_other_fights_on() {
    let mut stage = fight(&["ann", "bob"], at_once());
    stage.by("bob", ExitHostConnection { live_id: live("bob") });
    assert_eq!(exit_reasons(&stage, "ann"), [("bob".to_owned(), BattleExitReason::LeftConnection)]);
    assert!(stage.connected("ann").is_empty());
    assert_eq!(stage.battle("ann").phase, BattlePhase::Running);
    stage.wait(MINUTE_MS);
    assert_eq!(stage.battle("ann").result.unwrap().ranking[0].outcome, SideOutcome::Won);
    assert!(
        matches!(stage.public("bob").as_slice(), [Event::OnBattleEnded { .. }]),
        "who left sees the result"
    );
}

#[test]
fn a_live_that_has_left_sees_no_more_of_the_battle_until_its_result() {
    let config = BattleConfig { penalty_ms: MINUTE_MS, settle_ms: 1_000, ..at_once() };
    let mut stage = fight(&["ann", "bob", "cid"], config);
    let id = stage.battle_id("ann");
    let status = |stage: &Stage, name: &str| stage.realm.live_battle_status(&live(name), stage.now).unwrap();
    stage.by("bob", exit_battle("bob", &id));
    assert_eq!(stage.room("bob").battle, None);
    assert_eq!((status(&stage, "bob").status, status(&stage, "bob").battle), (BattleStatus::None, None));
    assert_eq!(status(&stage, "ann").status, BattleStatus::Running);
    stage.service(update_scores(&id, "k", add(&[("ann", 5)]))).unwrap();
    let told = stage.effects.iter().find_map(|effect| {
        if let Effect::ScoreChanged { live_ids, .. } = effect { Some(live_ids.clone()) } else { None }
    });
    assert_eq!(told, Some(vec![live("ann"), live("cid")]));
    stage.wait(MINUTE_MS);
    assert_eq!((stage.public("bob").len(), stage.public("ann").len()), (0, 1), "settling");
    stage.wait(1_000);
    assert!(matches!(stage.public("bob").as_slice(), [Event::OnBattleEnded { .. }]));
    assert_eq!(status(&stage, "ann").status, BattleStatus::Penalty);
    let seen = stage.battle("bob");
    assert_eq!((seen.phase, seen.penalty_ends_at), (BattlePhase::Ended, None));
    assert_eq!(status(&stage, "bob").status, BattleStatus::None);
    stage.wait(MINUTE_MS);
    assert_eq!((stage.public("bob").len(), stage.public("ann").len()), (0, 1), "the penalty is over");
}

#[test]
fn a_snapshot_that_is_folded_with_the_exit_shows_no_battle() {
    let mut stage = fight(&["ann", "bob", "cid"], at_once());
    let id = stage.battle_id("ann");
    let mut folded = stage.room("bob");
    stage.by("bob", exit_battle("bob", &id));
    let mut fold_effects = |stage: &Stage| {
        for effect in &stage.effects {
            if let Effect::Public(frame) = effect
                && frame.live_id == live("bob")
            {
                folded.fold(frame);
            }
        }
        folded.battle.clone()
    };
    assert_eq!(fold_effects(&stage), None);
    stage.by("cid", exit_battle("cid", &id));
    assert_eq!(stage.public("bob"), [], "another exit");
    stage.wait(MINUTE_MS);
    assert_eq!(fold_effects(&stage), stage.room("bob").battle);
}

#[test]
fn a_gift_in_a_live_that_has_left_is_none_of_the_battle() {
    let mut stage = fight(&["ann", "bob"], at_once());
    stage.by("bob", exit_battle("bob", &stage.battle_id("ann")));
    let gift_id = GiftId::new("rose").unwrap();
    stage.by("eve", SendGift { live_id: live("bob"), gift_id, count: 1, to_user_id: None });
    assert!(matches!(
        stage.public("bob").as_slice(),
        [Event::OnGift { message }] if message.battle_id.is_none()
    ));
}

#[test]
fn a_side_in_an_old_battle_cannot_start_another() {
    let mut stage = fight(&["ann", "bob"], at_once());
    stage.by("bob", ExitHostConnection { live_id: live("bob") });
    stage.by("cid", create_live("cid"));
    stage.by("cid", invite_host("cid", &["ann"]));
    stage.by("ann", accept_host("ann", "cid"));
    assert_eq!(stage.refused("ann", request_battle("ann", &["cid"], at_once())), ErrorCode::InOtherBattle);
    assert_eq!(stage.refused("cid", request_battle("cid", &["ann"], at_once())), ErrorCode::NoValidRoom);
    let id = stage.battle_id("ann");
    stage.by("ann", exit_battle("ann", &id));
    stage.by("cid", request_battle("cid", &["ann"], at_once()));
}

#[test]
fn only_a_side_exits_and_only_once() {
    let mut stage = fight(&["ann", "bob"], at_once());
    let id = stage.battle_id("ann");
    stage.by("cid", create_live("cid"));
    assert_eq!(stage.refused("cid", exit_battle("cid", &id)), ErrorCode::RoomNotInBattle);
    assert_eq!(stage.refused("cid", exit_battle("ann", &id)), ErrorCode::NoPermission);
    stage.by("bob", exit_battle("bob", &id));
    assert_eq!(stage.refused("bob", exit_battle("bob", &id)), ErrorCode::RoomNotInBattle);
}

#[test]
fn a_request_that_has_not_started_cannot_be_exited() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let id = battle_reply(stage.by("ann", request_battle("ann", &["bob"], minute()))).battle_id;
    assert_eq!(stage.refused("ann", exit_battle("ann", &id)), ErrorCode::BattleNotStarted);
}
