//! Time is an argument.

use duelcast_engine::{ClientSocket, Input};
use duelcast_protocol::limits;

use super::server::Server;

#[test]
fn a_live_ends_when_its_owner_has_been_gone_for_long_enough() {
    let mut server = Server::start();
    let host = server.login("host", 100);
    server.create_live(&host, "red");
    server.handle(Input::Closed(host.id()));
    server.pass(limits::OWNER_GONE_MS - 1);
    assert!(server.has_live("red"));
    server.pass(1);
    assert!(!server.has_live("red"));
}

#[test]
fn an_engine_with_nothing_to_do_asks_for_no_wake_up() {
    let server = Server::start();
    assert_eq!(server.engine.next_wake(), None);
}
