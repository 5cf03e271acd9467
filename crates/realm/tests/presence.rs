//! A user who loses the socket has a grace period to return to the same seat, connection and
//! battle.

mod common;

use common::*;
use duelcast_protocol::{
    BattleExitReason, BattlePhase, CoHostLeaveReason, Event, LeaveSeat, LiveEndReason, MuteMicrophone,
    NodeId, SendTextMessage, limits,
};
use duelcast_realm::{Actor, Command};

const GRACE_MS: u64 = limits::DEFAULT_GRACE_MS;

fn fight() -> Stage {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    stage
}

#[test]
fn a_host_who_comes_back_within_the_grace_has_seat_connection_and_battle() {
    let mut stage = fight();
    let before = (stage.seated("bob"), stage.connected("bob"), stage.battle("bob"));
    stage.goes_offline("bob");
    assert_eq!(stage.public("ann"), [Event::OnUserOffline { user_id: user_id("bob") }]);
    assert!(!stage.room("ann").co_host.connected[1].is_owner_online);
    stage.wait(GRACE_MS - 1);
    stage.comes_back("bob");
    assert_eq!(stage.public("ann"), [Event::OnUserOnline { user_id: user_id("bob") }]);
    stage.wait(GRACE_MS);
    assert_eq!((stage.seated("bob"), stage.connected("bob"), stage.battle("bob")), before);
    assert!(stage.room("bob").live.is_owner_online);
}

#[test]
fn after_the_grace_the_others_are_told_why() {
    let mut stage = fight();
    stage.goes_offline("bob");
    stage.wait(GRACE_MS);
    let told = stage.public("ann");
    assert!(told.iter().any(|event| matches!(
        event,
        Event::OnUserExitBattle { reason: BattleExitReason::Disconnected, .. }
    )));
    assert!(told.iter().any(|event| matches!(
        event,
        Event::OnCoHostUserLeft { reason: CoHostLeaveReason::Disconnected, .. }
    )));
    assert!(stage.seated("bob").is_empty());
    assert_eq!(stage.battle("ann").phase, BattlePhase::Running);
    assert!(stage.realm.has_stake(&user_id("bob")), "the live waits longer for its owner");
}

#[test]
fn a_live_ends_when_its_owner_is_gone_for_a_minute() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.goes_offline("ann");
    stage.wait(limits::OWNER_GONE_MS - 1);
    assert!(stage.realm.live_card(&live("ann")).is_some());
    stage.wait(1);
    assert!(matches!(
        stage.public("ann").as_slice(),
        [Event::OnLiveEnded { reason: LiveEndReason::OwnerGone, .. }]
    ));
    assert!(stage.realm.next_deadline().is_none());
}

#[test]
fn a_guest_who_stays_away_loses_the_seat() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", take_seat("ann", 1));
    stage.goes_offline("bob");
    stage.wait(GRACE_MS);
    assert!(matches!(stage.public("ann").as_slice(), [Event::OnSeatListChanged { .. }]));
    assert!(!stage.realm.has_stake(&user_id("bob")));
}

#[test]
fn an_owner_who_comes_back_after_the_grace_sits_on_the_same_seat_again() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("ann", MuteMicrophone { live_id: live("ann") });
    stage.goes_offline("ann");
    stage.wait(GRACE_MS);
    assert_eq!(stage.seated("ann"), []);
    stage.comes_back("ann");
    assert_eq!(stage.seated("ann"), [(0, "ann".to_owned())]);
    assert!(matches!(
        stage.public("ann").as_slice(),
        [Event::OnUserOnline { .. }, Event::OnSeatListChanged { seats }]
            if seats[0].user.as_ref().is_some_and(|user| user.is_online && !user.is_microphone_open)
    ));
}

#[test]
fn an_owner_whose_seat_is_taken_by_now_sits_on_another_one() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.goes_offline("ann");
    stage.wait(GRACE_MS);
    stage.by("bob", take_seat("ann", 0));
    stage.comes_back("ann");
    assert_eq!(stage.seated("ann"), [(0, "bob".to_owned()), (1, "ann".to_owned())]);
}

#[test]
fn an_owner_who_had_left_the_seat_comes_back_to_none() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("ann", LeaveSeat { live_id: live("ann") });
    stage.goes_offline("ann");
    stage.wait(GRACE_MS);
    stage.comes_back("ann");
    assert_eq!(stage.seated("ann"), []);
}

#[test]
fn an_absent_applicant_is_not_put_on_a_seat() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    let patient = duelcast_protocol::ApplyForSeat { timeout_ms: 30_000, ..apply_for_seat("ann", None) };
    stage.by("bob", patient);
    stage.goes_offline("bob");
    stage.wait(GRACE_MS);
    assert_eq!(stage.private("ann"), [Event::OnSeatApplicationCancelled { user_id: user_id("bob") }]);
}

#[test]
fn the_end_of_an_older_session_changes_nothing() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.comes_back("ann");
    stage.goes_offline("ann");
    assert!(stage.effects.is_empty());
    assert!(stage.room("ann").live.is_owner_online);
}

#[test]
fn a_command_from_a_new_session_shows_that_its_user_is_back() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.goes_offline("ann");
    let by = Actor { session: duelcast_protocol::SessionId::new("ann-2").unwrap(), ..actor("ann") };
    let text = SendTextMessage { live_id: live("ann"), text: "back".to_owned() };
    stage.apply(Command::User { by, action: text.into() }).unwrap();
    assert!(matches!(
        stage.public("ann").as_slice(),
        [Event::OnUserOnline { .. }, Event::OnTextMessage { .. }]
    ));
}

#[test]
fn a_command_that_arrives_after_the_end_of_its_session_does_not() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.goes_offline("ann");
    stage.by("ann", SendTextMessage { live_id: live("ann"), text: "late".to_owned() });
    assert!(!stage.room("ann").live.is_owner_online);
    stage.wait(limits::OWNER_GONE_MS);
    assert!(stage.realm.live_card(&live("ann")).is_none());
}

#[test]
fn when_a_node_starts_again_its_users_are_offline() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.comes_back("bob");
    stage.apply(Command::NodeStarted { node: NodeId::new("node-1").unwrap() }).unwrap();
    assert!(!stage.room("ann").live.is_owner_online);
    assert!(stage.room("bob").live.is_owner_online, "bob is on the other node by now");
}

#[test]
fn deadlines_fire_in_order_each_at_its_own_time() {
    let mut stage = fight();
    stage.goes_offline("bob");
    let start = stage.now;
    stage.wait(2 * limits::OWNER_GONE_MS);
    let mut times = Vec::new();
    for effect in &stage.effects {
        if let duelcast_realm::Effect::Public(frame) = effect {
            times.push(frame.at - start);
        }
    }
    assert!(times.is_sorted(), "{times:?}");
    assert!(times.contains(&GRACE_MS) && times.contains(&limits::OWNER_GONE_MS));
}
