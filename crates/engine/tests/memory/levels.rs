//! Who is said to speak.

use duelcast_protocol::{Action, LeaveSeat, ReportVolume, SendLike, TakeSeat, Unlogged};
use serde_json::Value;

use super::server::{Client, Server, live_id};

const ROOM: usize = 10_000;

fn speak(server: &mut Server, client: &Client, level: u8) {
    server.ask(client, Unlogged::ReportVolume(ReportVolume { live_id: live_id("red"), level }));
}

fn take_seat(server: &mut Server, client: &Client) {
    server.act(client, Action::TakeSeat(TakeSeat { live_id: live_id("red"), index: Some(1) }));
}

fn leave_seat(server: &mut Server, client: &Client) {
    server.act(client, Action::LeaveSeat(LeaveSeat { live_id: live_id("red") }));
}

/// The levels in the next volatile message.
fn told(server: &mut Server, viewer: &Client) -> Vec<(String, u64)> {
    server.pass(1_000 / 20);
    viewer.read();
    server.ask(viewer, Unlogged::SendLike(SendLike { live_id: live_id("red"), count: 1 }));
    server.pass(1_000 / 20);
    let newest = levels(viewer).pop();
    newest.expect("a like is told of")
}

/// The levels in each volatile message since the last time.
fn levels(viewer: &Client) -> Vec<Vec<(String, u64)>> {
    let messages = viewer.read().into_iter().map(|text| serde_json::from_str::<Value>(&text).unwrap());
    let volatile = messages.filter(|message| message["method"] == "volatile");
    let volumes = volatile.map(|message| message["params"]["volumes"].as_array().cloned());
    let level =
        |volume: Value| (volume["userId"].as_str().unwrap().to_owned(), volume["level"].as_u64().unwrap());
    volumes.map(|volumes| volumes.unwrap_or_default().into_iter().map(level).collect()).collect()
}

fn stage() -> (Server, Client, Client) {
    let mut server = Server::start();
    let host = server.login("host", ROOM);
    server.create_live(&host, "red");
    let viewer = server.login("viewer", ROOM);
    server.join(&viewer, "red");
    (server, host, viewer)
}

#[test]
fn who_spoke_and_left_the_seat_is_said_to_speak_no_more() {
    let (mut server, _host, viewer) = stage();
    for number in 0..300 {
        let guest = server.login(&format!("guest-{number}"), ROOM);
        take_seat(&mut server, &guest);
        speak(&mut server, &guest, 90);
        leave_seat(&mut server, &guest);
    }
    assert_eq!(told(&mut server, &viewer), []);
}

#[test]
fn who_speaks_again_from_the_same_seat_is_heard() {
    let (mut server, _host, viewer) = stage();
    let guest = server.login("guest", ROOM);
    for _ in 0..2 {
        take_seat(&mut server, &guest);
        speak(&mut server, &guest, 90);
        assert_eq!(told(&mut server, &viewer), [("guest".to_owned(), 90)]);
        leave_seat(&mut server, &guest);
    }
}

#[test]
fn the_audience_is_told_of_silence_although_nothing_else_happens() {
    let (mut server, host, viewer) = stage();
    speak(&mut server, &host, 70);
    server.pass(1_999);
    assert_eq!(levels(&viewer).last(), Some(&vec![("host".to_owned(), 70)]));
    server.pass(1);
    assert_eq!(levels(&viewer), [vec![("host".to_owned(), 0)]]);
    server.pass(2_000);
    assert_eq!(told(&mut server, &viewer), []);
    assert_eq!(server.engine.next_wake(), None);
}
