//! What is refused before it is an entry of the log.

use std::sync::mpsc::channel;

use duelcast_engine::{Input, ServiceAnswer};
use duelcast_protocol::{
    Action, ErrorCode, KeyId, LockSeat, RequestBattle, SendGift, SendTextMessage, TakeSeat, UpdateLiveInfo,
    limits,
};
use duelcast_realm::ServiceAction;
use serde_json::{Value, json};

use super::server::{Client, Server, live_id};

const ROOM: usize = 1_000;

/// The host has joined the live red, and the viewer nothing.
fn stage() -> (Server, Client, Client) {
    let mut server = Server::start();
    let host = server.login("host", ROOM);
    server.create_live(&host, "red");
    let viewer = server.login_with("viewer", ROOM, false);
    (server, host, viewer)
}

fn text(live: &str, text: &str) -> Action {
    Action::SendTextMessage(SendTextMessage { live_id: live_id(live), text: text.to_owned() })
}

fn read<T: serde::de::DeserializeOwned>(params: Value) -> T {
    serde_json::from_value(params).unwrap()
}

/// The error that the client gets, and whether there is a new entry.
fn outcome(server: &mut Server, client: &Client, action: Action) -> (Option<String>, bool) {
    client.read();
    let before = server.entry_count();
    server.act(client, action);
    let messages = client.read().into_iter().map(|text| serde_json::from_str::<Value>(&text).unwrap());
    let answer = messages.into_iter().find(|message| message["id"].is_number()).expect("an answer");
    let error = answer["error"]["data"]["name"].as_str().map(str::to_owned);
    (error, server.entry_count() > before)
}

#[test]
fn what_is_wrong_by_form_bounds_grant_or_live_is_no_entry() {
    let (mut server, host, viewer) = stage();
    server.join(&host, "red");
    let long = "x".repeat(limits::MAX_TEXT_CHARS + 1);
    let gift: SendGift = read(json!({ "liveId": "red", "giftId": "rose", "count": 0 }));
    let battle: RequestBattle = read(json!({ "liveId": "red", "userIdList": [], "timeoutMs": 1 }));
    let info: UpdateLiveInfo = read(json!({ "liveId": "red", "notice": "n\u{202e}" }));
    let seat = |live: &str, index| Action::TakeSeat(TakeSeat { live_id: live_id(live), index });
    for (client, action, code) in [
        (&host, text("red", &long), ErrorCode::InvalidParams),
        (&host, text("red", " "), ErrorCode::InvalidParams),
        (&host, text("blue", "hello"), ErrorCode::RoomNotExist),
        (&host, Action::SendGift(gift), ErrorCode::InvalidParams),
        (&host, Action::RequestBattle(battle), ErrorCode::InvalidParams),
        (&host, Action::UpdateLiveInfo(info), ErrorCode::InvalidParams),
        (&host, Action::LockSeat(LockSeat { live_id: live_id("red"), index: 99 }), ErrorCode::SeatNotExist),
        (&viewer, seat("blue", None), ErrorCode::RoomNotExist),
        (&viewer, seat("red", Some(99)), ErrorCode::SeatNotExist),
        (&viewer, text("red", "hello"), ErrorCode::NoPermission),
        (&viewer, Action::CreateLive(read(json!({ "liveName": "Mine" }))), ErrorCode::NoPermission),
    ] {
        let name = action.name();
        let expected = (Some(code.name().to_owned()), false);
        assert_eq!(outcome(&mut server, client, action), expected, "{name}");
    }
}

#[test]
fn what_the_order_decides_is_an_entry() {
    let (mut server, _host, viewer) = stage();
    let taken = Action::TakeSeat(TakeSeat { live_id: live_id("red"), index: Some(0) });
    let occupied = Some(ErrorCode::SeatOccupied.name().to_owned());
    assert_eq!(outcome(&mut server, &viewer, taken), (occupied, true));
}

#[test]
fn a_back_end_that_names_no_live_is_refused_without_an_entry() {
    let (mut server, ..) = stage();
    let before = server.entry_count();
    let (sender, answers) = channel();
    server.handle(Input::Service {
        key_id: KeyId::new("key").unwrap(),
        action: ServiceAction::EndLive { live_id: live_id("blue") },
        answer: ServiceAnswer::new(move |reply| {
            sender.send(reply.map_err(|rejection| rejection.code)).unwrap();
        }),
    });
    assert_eq!(answers.try_recv().unwrap().err(), Some(ErrorCode::RoomNotExist));
    assert_eq!(server.entry_count(), before);
}
