//! What needs no order: refused before the log, and by the realm alike.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use duelcast_protocol::{
    Action, BattleConfig, BattleId, CreateLive, ErrorCode, KeyId, LockSeat, SendTextMessage,
    rest::StartBattle,
};
use duelcast_realm::{Actor, Command, ModerationAction, ServiceAction};

fn user(name: &str, action: impl Into<Action>) -> Command {
    Command::User { by: actor(name), action: action.into() }
}

fn service(action: ServiceAction) -> Command {
    Command::Service { key_id: KeyId::new("billing").unwrap(), action }
}

fn text(room: &str, text: &str) -> SendTextMessage {
    SendTextMessage { live_id: live(room), text: text.to_owned() }
}

#[test]
fn what_is_refused_before_the_log_is_refused_by_the_realm_with_the_same_code() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let ban = ModerationAction::Ban { duration_ms: Some(1) };
    let moderate =
        |room: &str, action| ServiceAction::Moderate { live_id: live(room), user_id: user_id("eve"), action };
    let battle = |names: &[&str], config| {
        let live_ids = names.iter().map(|name| live(name)).collect();
        service(ServiceAction::StartBattle { request: StartBattle { live_ids, config } })
    };
    let short = BattleConfig { duration_ms: 1, ..BattleConfig::default() };
    let unnamed = CreateLive { live_id: None, ..create_live("eve") };
    let ungranted = Actor { can_create_live: false, ..actor("eve") };
    for (command, code) in [
        (user("ann", text("ann", "")), ErrorCode::InvalidParams),
        (user("ann", text("eve", "hello")), ErrorCode::RoomNotExist),
        (user("ann", LockSeat { live_id: live("ann"), index: 99 }), ErrorCode::SeatNotExist),
        (Command::User { by: ungranted, action: unnamed.into() }, ErrorCode::NoPermission),
        (service(moderate("eve", ModerationAction::Kick)), ErrorCode::RoomNotExist),
        (service(moderate("ann", ban)), ErrorCode::InvalidParams),
        (battle(&["ann", "ann"], BattleConfig::default()), ErrorCode::InvalidParams),
        (battle(&["ann", "bob"], short), ErrorCode::InvalidParams),
        (battle(&["ann", "eve"], BattleConfig::default()), ErrorCode::RoomNotExist),
        (
            service(ServiceAction::EndBattle { battle_id: BattleId::new("none").unwrap() }),
            ErrorCode::BattleNotExistOrEnded,
        ),
    ] {
        let refusal = stage.realm.precheck(&command).map_err(|refusal| refusal.code);
        assert_eq!(refusal, Err(code), "{command:?}");
        assert_eq!(stage.apply(command), Err(code));
    }
}

#[test]
fn what_depends_on_the_order_is_for_the_realm_to_say() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    let taken = user("bob", take_seat("ann", 0));
    assert_eq!(stage.realm.precheck(&taken), Ok(()));
    assert_eq!(stage.apply(taken), Err(ErrorCode::SeatOccupied));
    assert_eq!(stage.realm.precheck(&Command::Tick), Ok(()));
}
