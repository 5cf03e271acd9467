//! Lives: starting, changing, ending, chat and gifts.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use duelcast_protocol::{
    CoHostLeaveReason, CreateLive, EndLive, ErrorCode, Event, GiftId, LiveEndReason, LiveId, SendGift,
    SendTextMessage, UpdateLiveInfo, limits, rest::WebhookEvent,
};
use duelcast_realm::{Actor, Command, Reply, ServiceAction};

fn text(room: &str, text: &str) -> SendTextMessage {
    SendTextMessage { live_id: live(room), text: text.to_owned() }
}

fn gift(room: &str, gift_id: &str, count: u32, to: Option<&str>) -> SendGift {
    SendGift {
        live_id: live(room),
        gift_id: GiftId::new(gift_id).unwrap(),
        count,
        to_user_id: to.map(user_id),
    }
}

#[test]
fn starting_a_live_makes_the_user_its_owner_on_the_first_seat() {
    let stage = Stage::with_lives_of(&["ann"]);
    assert_eq!(stage.room("ann").live.owner.user_id, user_id("ann"));
    assert_eq!(stage.seated("ann"), [(0, "ann".to_owned())]);
    assert!(matches!(stage.webhook_events().as_slice(), [WebhookEvent::LiveStarted { .. }]));
}

#[test]
fn a_user_on_another_seat_keeps_it_when_starting_a_live() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", take_seat("ann", 2));
    stage.by("bob", create_live("bob"));
    assert_eq!(stage.seated("bob"), []);
    assert_eq!(stage.seated("ann"), [(0, "ann".to_owned()), (2, "bob".to_owned())]);
}

#[test]
fn an_id_is_derived_from_the_entry_when_none_is_given() {
    let mut stage = Stage::with_lives_of(&[]);
    let reply = stage.by("ann", CreateLive { live_id: None, ..create_live("ann") });
    let Reply::Live(snapshot) = reply else { panic!("{reply:?}") };
    assert_eq!(snapshot.live.live_id, live("live_e1"));
}

#[test]
fn a_live_needs_a_grant_a_name_and_an_owner_without_one() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    let another = CreateLive { live_id: None, ..create_live("ann") };
    assert_eq!(stage.refused("ann", another), ErrorCode::RoomExists);
    assert_eq!(stage.refused("bob", create_live("ann")), ErrorCode::RoomExists);
    let nameless = CreateLive { live_name: " ".to_owned(), ..create_live("bob") };
    assert_eq!(stage.refused("bob", nameless), ErrorCode::InvalidParams);
    let script = CreateLive { cover_url: "javascript:alert(1)".to_owned(), ..create_live("bob") };
    assert_eq!(stage.refused("bob", script), ErrorCode::InvalidParams);
    let huge = CreateLive { max_seat_count: 51, ..create_live("bob") };
    assert_eq!(stage.refused("bob", huge), ErrorCode::InvalidParams);
    let by = Actor { can_create_live: false, ..actor("bob") };
    let reply = stage.apply(Command::User { by, action: create_live("bob").into() });
    assert_eq!(reply, Err(ErrorCode::NoPermission));
}

#[test]
fn a_change_of_name_reaches_the_connected_lives_too() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let change = UpdateLiveInfo {
        live_id: live("ann"),
        live_name: Some("New".to_owned()),
        cover_url: None,
        notice: None,
        is_public_visible: None,
        seat_mode: None,
        admin_user_ids: None,
    };
    assert_eq!(stage.refused("bob", change.clone()), ErrorCode::NoPermission);
    stage.by("ann", change);
    for room in ["ann", "bob"] {
        assert!(matches!(stage.public(room).as_slice(), [Event::OnLiveInfoChanged { .. }]));
        assert_eq!(stage.room(room).co_host.connected[0].live_name, "New");
    }
}

#[test]
fn ending_a_live_leaves_battle_and_connection_first() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    stage.by("ann", EndLive { live_id: live("ann") });
    let told: Vec<_> = stage.public("bob");
    assert!(matches!(
        told.as_slice(),
        [
            Event::OnUserExitBattle { .. },
            Event::OnCoHostUserLeft { reason: CoHostLeaveReason::LiveEnded, .. },
            Event::OnCoHostUserLeft { reason: CoHostLeaveReason::ConnectionEnded, .. },
        ]
    ));
    assert!(matches!(
        stage.public("ann").last(),
        Some(Event::OnLiveEnded { reason: LiveEndReason::EndedByOwner, .. })
    ));
    assert!(stage.realm.live_snapshot(&live("ann"), None).is_none());
    assert!(!stage.realm.has_stake(&user_id("ann")));
}

#[test]
fn a_service_ends_any_live_and_learns_what_it_was() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("vic", text("ann", "hello"));
    stage.by("vic", gift("ann", "rocket", 2, None));
    stage.now += 5_000;
    let reply = stage.service(ServiceAction::EndLive { live_id: live("ann") });
    let Ok(Reply::LiveEnded(summary)) = reply else { panic!("{reply:?}") };
    assert_eq!((summary.duration_ms, summary.message_count), (5_000, 1));
    assert_eq!((summary.gift_count, summary.gift_coins), (2, 100));
    let again = stage.service(ServiceAction::EndLive { live_id: live("ann") });
    assert_eq!(again, Err(ErrorCode::RoomNotExist));
}

#[test]
fn a_gift_counts_for_the_live_of_its_receiver() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("vic", gift("ann", "rose", 3, Some("bob")));
    let events = stage.webhook_events();
    let [WebhookEvent::GiftSent { live_id, message }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((live_id, &message.to_live_id), (&live("ann"), &live("bob")));
    assert!(stage.public("bob").is_empty(), "chat and gifts stay in their own live");
    assert_eq!(stage.refused("vic", gift("ann", "rose", 1, Some("eve"))), ErrorCode::NotOnSeat);
    assert_eq!(stage.refused("vic", gift("ann", "nothing", 1, None)), ErrorCode::InvalidParams);
    assert_eq!(stage.refused("vic", gift("ann", "rose", 0, None)), ErrorCode::InvalidParams);
}

#[test]
fn a_gift_names_the_battle_that_is_running() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    stage.by("vic", gift("ann", "rose", 1, None));
    assert!(
        matches!(stage.webhook_events().as_slice(), [WebhookEvent::GiftSent { message, .. }] if message.battle_id.is_some())
    );
}

#[test]
fn a_live_takes_forty_messages_a_second_and_keeps_the_newest_thirty() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    for n in 0..limits::MAX_CHAT_PER_LIVE_PER_SECOND {
        stage.by("vic", text("ann", &n.to_string()));
    }
    assert_eq!(stage.refused("vic", text("ann", "one more")), ErrorCode::TooFrequent);
    assert_eq!(stage.room("ann").recent_messages.len(), limits::MAX_RECENT_MESSAGES);
    stage.now += 1_000;
    stage.by("vic", text("ann", "one more"));
    assert_eq!(stage.refused("vic", text("ann", "")), ErrorCode::InvalidParams);
    assert_eq!(stage.refused("vic", text("ann", &"x".repeat(501))), ErrorCode::InvalidParams);
}

#[test]
fn a_live_is_not_called_by_a_step_of_a_path() {
    let mut stage = Stage::with_lives_of(&["bob"]);
    for bad in [".", "..", "-red"] {
        let named = CreateLive { live_id: Some(LiveId::from_stored(bad).unwrap()), ..create_live("ann") };
        assert_eq!(stage.refused("ann", named), ErrorCode::InvalidParams, "{bad}");
    }
}
