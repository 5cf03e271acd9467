//! The list of lives and its pages.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use duelcast_protocol::{CreateLive, LiveActivity};
use duelcast_realm::ListFilter;

const NAMES: [&str; 5] = ["ann", "bob", "cid", "dot", "eve"];

fn page(stage: &Stage, cursor: &str, count: u32) -> (Vec<String>, String) {
    let page = stage.realm.list_lives(cursor, count, &ListFilter::default()).unwrap();
    (page.lives.into_iter().map(|card| card.live.live_id.to_string()).collect(), page.cursor)
}

#[test]
fn the_list_is_newest_first_and_an_empty_cursor_is_its_end() {
    let stage = Stage::with_lives_of(&NAMES);
    let (first, cursor) = page(&stage, "", 3);
    assert_eq!(first, ["eve", "dot", "cid"]);
    assert_eq!(page(&stage, &cursor, 3), (vec!["bob".to_owned(), "ann".to_owned()], String::new()));
}

#[test]
fn a_live_that_starts_or_ends_while_someone_pages_moves_no_other() {
    let mut stage = Stage::with_lives_of(&NAMES);
    let (_, cursor) = page(&stage, "", 2);
    stage.by("fay", create_live("fay"));
    stage.by("dot", duelcast_protocol::EndLive { live_id: live("dot") });
    assert_eq!(page(&stage, &cursor, 2).0, ["cid", "bob"]);
}

#[test]
fn a_hidden_live_is_listed_only_on_request_but_can_be_found_by_id() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", CreateLive { is_public_visible: false, ..create_live("bob") });
    assert_eq!(page(&stage, "", 10).0, ["ann"]);
    let everyone = ListFilter { include_hidden: true, except: Some(live("ann")) };
    assert_eq!(stage.realm.list_lives("", 10, &everyone).unwrap().lives.len(), 1);
    assert!(stage.realm.live_card(&live("bob")).is_some());
}

#[test]
fn a_card_says_what_the_live_is_doing() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    stage.by("dot", create_live("dot"));
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    let activity = |name| stage.realm.live_card(&live(name)).unwrap().activity;
    assert_eq!(activity("ann"), LiveActivity::InBattle);
    assert_eq!(activity("cid"), LiveActivity::CoHosting);
    assert_eq!(activity("dot"), LiveActivity::Alone);
    let card = stage.realm.live_card(&live("ann")).unwrap();
    assert_eq!((card.connected_count, card.taken_seat_count), (3, 1));
}

#[test]
fn a_cursor_or_count_that_is_none_is_refused() {
    let stage = Stage::with_lives_of(&["ann"]);
    let filter = ListFilter::default();
    assert!(stage.realm.list_lives("x", 10, &filter).is_err());
    assert!(stage.realm.list_lives("", 0, &filter).is_err());
    assert!(stage.realm.list_lives("", 51, &filter).is_err());
}
