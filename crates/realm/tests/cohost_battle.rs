//! A co-host invitation may carry its battle. No client does anything between accept and start.

mod common;

use common::*;
use duelcast_protocol::{BattlePhase, CancelHostConnection, Event, RejectHostConnection, RejectReason};

fn sides(stage: &Stage, name: &str) -> Vec<String> {
    stage.battle(name).sides.iter().map(|side| side.live_id.to_string()).collect()
}

#[test]
fn the_battle_starts_by_itself_when_the_invitation_is_accepted() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.by("ann", invite_to_fight("ann", &["bob"]));
    stage.by("bob", accept_host("bob", "ann"));
    for name in ["ann", "bob"] {
        let told = stage.public(name);
        assert!(matches!(told.as_slice(), [Event::OnCoHostUserJoined { .. }, Event::OnBattleStarted { .. }]));
        assert_eq!(stage.battle(name).phase, BattlePhase::Running);
    }
}

#[test]
fn it_waits_until_all_invitations_are_settled() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid", "dot"]);
    stage.by("ann", invite_to_fight("ann", &["bob", "cid", "dot"]));
    stage.by("bob", accept_host("bob", "ann"));
    assert!(stage.room("ann").battle.is_none());
    let reason = RejectReason::Busy;
    stage.by("cid", RejectHostConnection { live_id: live("cid"), from_host_live_id: live("ann"), reason });
    assert!(stage.room("ann").battle.is_none());
    stage.wait(TIMEOUT_MS);
    assert_eq!(sides(&stage, "ann"), ["ann", "bob"]);
}

#[test]
fn taking_back_the_last_open_invitation_settles_it_too() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid"]);
    stage.by("ann", invite_to_fight("ann", &["bob", "cid"]));
    stage.by("cid", accept_host("cid", "ann"));
    stage.by("ann", CancelHostConnection { live_id: live("ann"), to_host_live_id: live("bob") });
    assert_eq!(sides(&stage, "ann"), ["ann", "cid"]);
}

#[test]
fn without_anyone_who_accepted_there_is_no_battle() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.by("ann", invite_to_fight("ann", &["bob"]));
    stage.wait(TIMEOUT_MS);
    assert!(stage.room("ann").battle.is_none());
}

#[test]
fn an_invitee_that_accepted_and_left_is_not_in_the_battle() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid"]);
    stage.by("ann", invite_to_fight("ann", &["bob", "cid"]));
    stage.by("bob", accept_host("bob", "ann"));
    stage.by("bob", duelcast_protocol::ExitHostConnection { live_id: live("bob") });
    stage.by("cid", accept_host("cid", "ann"));
    assert_eq!(sides(&stage, "ann"), ["ann", "cid"]);
}

#[test]
fn those_who_were_connected_before_watch() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("cid", create_live("cid"));
    stage.by("ann", invite_to_fight("ann", &["cid"]));
    stage.by("cid", accept_host("cid", "ann"));
    assert_eq!(sides(&stage, "bob"), ["ann", "cid"]);
}

#[test]
fn a_merged_invitation_starts_the_battle_of_the_older_one() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.by("ann", invite_to_fight("ann", &["bob"]));
    stage.by("bob", invite_host("bob", &["ann"]));
    assert_eq!(sides(&stage, "bob"), ["ann", "bob"]);
}
