//! Events on their way to those who watch.

use duelcast_engine::CloseReason;
use duelcast_protocol::{Action, SendTextMessage};

use super::server::{Client, Server, encoded, live_id};

const ROOM: usize = 1_000;
const VIEWERS: usize = 20;

fn text(text: &str) -> Action {
    Action::SendTextMessage(SendTextMessage { live_id: live_id("red"), text: text.to_owned() })
}

/// A live with viewers who have read everything.
fn watched_live(server: &mut Server, room: usize) -> (Client, Vec<Client>) {
    let host = server.login("host", ROOM);
    server.create_live(&host, "red");
    let viewers: Vec<Client> = (0..VIEWERS)
        .map(|number| {
            let viewer = server.login(&format!("viewer-{number}"), room);
            server.join(&viewer, "red");
            viewer
        })
        .collect();
    server.pass(1_000);
    for client in viewers.iter().chain([&host]) {
        client.read();
    }
    (host, viewers)
}

#[test]
fn an_event_is_encoded_once_however_many_watch() {
    let mut server = Server::start();
    let (host, viewers) = watched_live(&mut server, ROOM);
    let before = encoded();
    server.act(&host, text("hello"));
    let answer_and_event = 2;
    assert_eq!(encoded() - before, answer_and_event);
    for viewer in &viewers {
        let read = viewer.read();
        assert!(matches!(&read[..], [event] if event.contains("hello")), "{read:?}");
    }
}

#[test]
fn a_client_that_falls_behind_starts_again_from_a_snapshot() {
    let mut server = Server::start();
    let room = 5;
    let (host, viewers) = watched_live(&mut server, room);
    for number in 0..=room {
        server.act(&host, text(&format!("text {number}")));
    }
    let counts = server.engine.overflow_counts();
    assert_eq!((counts.overflows, counts.resyncs), (VIEWERS as u64, VIEWERS as u64));
    let read = viewers[0].read();
    assert_eq!(read.len(), 1);
    assert!(read[0].contains("recentMessages") && read[0].contains(&format!("text {room}")), "{read:?}");
}

#[test]
fn a_client_without_room_for_its_snapshots_is_let_go() {
    let mut server = Server::start();
    let (host, _viewers) = watched_live(&mut server, ROOM);
    let clogged = server.login("clogged", 0);
    server.join(&clogged, "red");
    server.act(&host, text("hello"));
    assert_eq!(clogged.close_reason(), Some(CloseReason::TooSlow));
}

#[test]
fn the_same_inputs_give_the_same_frames() {
    let run = || {
        let mut server = Server::start();
        let (host, viewers) = watched_live(&mut server, ROOM);
        server.act(&host, text("hello"));
        server.pass(60_000);
        viewers.iter().flat_map(Client::read).collect::<Vec<_>>()
    };
    let first = run();
    assert!(!first.is_empty());
    assert_eq!(first, run());
}
