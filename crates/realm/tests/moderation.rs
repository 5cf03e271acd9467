//! Kicks, bans and mutes, in a live and on the server.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use duelcast_protocol::{
    AcceptApplication, Action, BanUser, BannedUser, DisableSendMessage, ErrorCode, Event, GiftId, KickReason,
    KickUserOutOfRoom, LeaveSeat, SendGift, SendTextMessage, UnbanUser, UpdateLiveInfo, limits,
};
use duelcast_realm::{Command, Effect, ModerationAction, Reply, ServiceAction};

fn kick(room: &str, name: &str) -> KickUserOutOfRoom {
    KickUserOutOfRoom { live_id: live(room), user_id: user_id(name) }
}

fn ban(room: &str, name: &str, duration_ms: Option<u64>) -> BanUser {
    BanUser { live_id: live(room), user_id: user_id(name), duration_ms }
}

fn unban(room: &str, name: &str) -> UnbanUser {
    UnbanUser { live_id: live(room), user_id: user_id(name) }
}

fn mute(room: &str, name: &str, is_disable: bool) -> DisableSendMessage {
    DisableSendMessage { live_id: live(room), user_id: user_id(name), is_disable }
}

fn say(room: &str) -> SendTextMessage {
    SendTextMessage { live_id: live(room), text: "hello".to_owned() }
}

fn gift(room: &str) -> SendGift {
    SendGift { live_id: live(room), gift_id: GiftId::new("rose").unwrap(), count: 1, to_user_id: None }
}

fn admins(room: &str, names: &[&str]) -> UpdateLiveInfo {
    UpdateLiveInfo {
        live_id: live(room),
        live_name: None,
        cover_url: None,
        notice: None,
        is_public_visible: None,
        seat_mode: None,
        admin_user_ids: Some(names.iter().map(|name| user_id(name)).collect()),
    }
}

/// `ann` has a live with the admins `adi` and `abe`.
fn live_with_admins() -> Stage {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("ann", admins("ann", &["adi", "abe"]));
    stage
}

fn kicked(reason: KickReason, by: &str, banned_until: Option<u64>) -> Event {
    Event::OnKickedOutOfLive { reason, operator: Some(actor(by).user), banned_until }
}

fn moderate(room: &str, name: &str, action: ModerationAction) -> ServiceAction {
    ServiceAction::Moderate { live_id: live(room), user_id: user_id(name), action }
}

#[test]
fn a_kicked_user_loses_the_seat_and_can_join_again() {
    let mut stage = live_with_admins();
    stage.by("bob", take_seat("ann", 1));
    stage.by("adi", kick("ann", "bob"));
    assert_eq!(stage.private("bob"), [kicked(KickReason::Kicked, "adi", None)]);
    assert!(matches!(stage.public("ann")[..], [Event::OnSeatListChanged { .. }]));
    assert_eq!(stage.seated("ann").len(), 1);
    stage.by("bob", take_seat("ann", 1));
}

#[test]
fn removing_a_user_cancels_the_application_for_a_seat() {
    let mut stage = live_with_admins();
    stage.by("bob", apply_for_seat("ann", None));
    stage.by("ann", invite_to_seat("ann", "cid"));
    stage.by("ann", kick("ann", "bob"));
    assert_eq!(
        stage.private("adi"),
        [Event::OnSeatApplicationCancelled { user_id: user_id("bob") }],
        "the admins see it"
    );
    stage.by("ann", ban("ann", "cid", None));
    let room = stage.room("ann").private;
    assert!(room.seat_applications.is_empty() && room.seat_invitations.is_empty());
    let accept = AcceptApplication { live_id: live("ann"), user_id: user_id("bob") };
    assert_eq!(stage.refused("ann", accept), ErrorCode::SeatRequestNotExist);
}

#[test]
fn the_owner_has_power_over_all_others_and_admins_over_the_audience() {
    let mut stage = live_with_admins();
    for (by, over) in [("adi", "ann"), ("ann", "ann"), ("adi", "abe"), ("adi", "adi"), ("bob", "cid")] {
        let requests: [Action; 4] = [
            kick("ann", over).into(),
            ban("ann", over, None).into(),
            unban("ann", over).into(),
            mute("ann", over, true).into(),
        ];
        for request in requests {
            assert_eq!(stage.refused(by, request.clone()), ErrorCode::NoPermission, "{by} {request:?}");
        }
    }
    stage.by("ann", kick("ann", "adi"));
    stage.by("ann", mute("ann", "adi", true));
    stage.by("ann", ban("ann", "adi", None));
    stage.by("abe", ban("ann", "bob", None));
}

#[test]
fn a_banned_user_can_do_nothing_in_the_live() {
    let mut stage = live_with_admins();
    stage.by("ann", ban("ann", "bob", None));
    let tries: [Action; 5] = [
        take_seat("ann", 1).into(),
        apply_for_seat("ann", None).into(),
        say("ann").into(),
        gift("ann").into(),
        LeaveSeat { live_id: live("ann") }.into(),
    ];
    for action in tries {
        assert_eq!(stage.refused("bob", action), ErrorCode::UserBanned);
    }
    assert_eq!(stage.refused("ann", invite_to_seat("ann", "bob")), ErrorCode::UserBanned);
    assert_eq!(stage.refused("ann", admins("ann", &["bob"])), ErrorCode::UserBanned);
    assert!(stage.realm.is_banned_from(&live("ann"), &user_id("bob"), stage.now));
    stage.by("adi", unban("ann", "bob"));
    stage.by("bob", take_seat("ann", 1));
}

#[test]
fn a_ban_of_one_live_is_none_of_another() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("cid", take_seat("bob", 1));
    stage.by("ann", ban("ann", "cid", None));
    assert_eq!(stage.seated("bob").len(), 2, "the seat of another live is not ours to take");
    stage.by("cid", say("bob"));
    stage.by("ann", ban("ann", "bob", None));
    stage.by("bob", say("bob"));
    assert_eq!(stage.connected("ann"), ["ann", "bob"]);
}

#[test]
fn a_ban_ends_by_itself_when_its_time_is_up() {
    let mut stage = live_with_admins();
    let until = stage.now + limits::MIN_BAN_MS;
    let reply = stage.by("adi", ban("ann", "bob", Some(limits::MIN_BAN_MS)));
    let told = BannedUser {
        user: actor("bob").user,
        banned_at: stage.now,
        banned_until: Some(until),
        operator: Some(actor("adi").user),
    };
    assert_eq!(reply, Reply::Banned(told));
    assert_eq!(stage.private("bob"), [kicked(KickReason::Banned, "adi", Some(until))]);
    stage.wait(limits::MIN_BAN_MS - 1);
    assert_eq!(stage.refused("bob", say("ann")), ErrorCode::UserBanned);
    stage.wait(1);
    stage.by("bob", say("ann"));
    for wrong in [0, limits::MIN_BAN_MS - 1, limits::MAX_BAN_MS + 1] {
        assert_eq!(stage.refused("ann", ban("ann", "bob", Some(wrong))), ErrorCode::InvalidParams);
    }
}

#[test]
fn a_banned_admin_is_one_no_more() {
    let mut stage = live_with_admins();
    stage.by("bob", apply_for_seat("ann", None));
    stage.by("ann", ban("ann", "adi", None));
    assert_eq!(stage.room("ann").live.admin_user_ids, [user_id("abe")]);
    assert!(stage.sees("adi", "ann").seat_applications.is_empty());
    stage.by("ann", unban("ann", "adi"));
    assert_eq!(stage.refused("adi", kick("ann", "bob")), ErrorCode::NoPermission);
}

#[test]
fn the_list_of_the_banned_is_paged_by_id_and_for_owner_and_admins_only() {
    let mut stage = live_with_admins();
    stage.by("eve", say("ann"));
    for name in ["eve", "bob", "dan"] {
        stage.by("ann", ban("ann", name, Some(5_000)));
    }
    stage.by("ann", ban("ann", "cid", None));
    let page = |stage: &Stage, viewer: &str, cursor: &str, count| {
        let viewer = user_id(viewer);
        stage.realm.banned_users(&live("ann"), Some(&viewer), (cursor, count), stage.now)
    };
    let first = page(&stage, "adi", "", 3).unwrap();
    let names: Vec<&str> = first.users.iter().map(|ban| ban.user.user_id.as_str()).collect();
    assert_eq!((names.as_slice(), first.cursor.as_str()), (&["bob", "cid", "dan"][..], "dan"));
    let rest = page(&stage, "ann", "dan", 3).unwrap();
    assert_eq!((rest.users[0].user.user_name.as_str(), rest.cursor.as_str()), ("eve", ""));
    stage.wait(5_000);
    assert_eq!(page(&stage, "ann", "", 3).unwrap().users.len(), 1, "the others are over");
    for (viewer, cursor, count, code) in [
        ("bob", "", 3, ErrorCode::NoPermission),
        ("ann", "no id", 3, ErrorCode::InvalidParams),
        ("ann", "", 0, ErrorCode::InvalidParams),
    ] {
        assert_eq!(page(&stage, viewer, cursor, count).unwrap_err().code, code);
    }
}

#[test]
fn the_lists_have_an_end_and_a_ban_that_is_over_makes_room() {
    let mut stage = live_with_admins();
    for number in 0..limits::MAX_BANS_PER_LIVE {
        stage.by("ann", ban("ann", &format!("v{number}"), Some(60_000)));
    }
    assert_eq!(stage.refused("ann", ban("ann", "bob", None)), ErrorCode::ListFull);
    stage.by("ann", ban("ann", "v0", Some(60_000)));
    stage.wait(60_000);
    stage.by("ann", ban("ann", "bob", None));
    for number in 0..limits::MAX_MUTED_PER_LIVE {
        stage.by("ann", mute("ann", &format!("v{number}"), true));
    }
    assert_eq!(stage.refused("ann", mute("ann", "bob", true)), ErrorCode::ListFull);
}

#[test]
fn a_muted_user_can_send_gifts_but_no_texts_and_sees_why() {
    let mut stage = live_with_admins();
    stage.by("adi", mute("ann", "bob", true));
    let told = Event::OnAudienceMessageDisabled { user_id: user_id("bob"), is_disable: true };
    for name in ["ann", "abe", "bob"] {
        assert_eq!(stage.private(name), std::slice::from_ref(&told), "{name}");
        assert!(stage.sees(name, "ann").message_disabled_user_ids.contains(&user_id("bob")), "{name}");
    }
    assert!(stage.sees("cid", "ann").message_disabled_user_ids.is_empty(), "nobody else");
    assert_eq!(stage.refused("bob", say("ann")), ErrorCode::SendMessageDisabled);
    stage.by("bob", gift("ann"));
    stage.by("bob", take_seat("ann", 1));
    stage.goes_offline("bob");
    stage.comes_back("bob");
    assert_eq!(stage.try_by("bob", say("ann")), Err(ErrorCode::SendMessageDisabled));
    stage.by("ann", mute("ann", "bob", true));
    assert!(stage.effects.is_empty(), "muting twice is no news");
    stage.by("ann", mute("ann", "bob", false));
    stage.by("bob", say("ann"));
}

#[test]
fn a_new_admin_learns_who_is_muted_and_a_former_one_forgets_it() {
    let mut stage = live_with_admins();
    stage.by("ann", mute("ann", "bob", true));
    stage.by("ann", admins("ann", &["cid"]));
    let muted = |is_disable| Event::OnAudienceMessageDisabled { user_id: user_id("bob"), is_disable };
    assert_eq!((stage.private("cid"), stage.private("adi")), (vec![muted(true)], vec![muted(false)]));
    assert!(stage.private("bob").is_empty());
}

#[test]
fn a_service_can_do_all_of_it_but_not_put_an_owner_out() {
    let mut stage = live_with_admins();
    stage.service(moderate("ann", "adi", ModerationAction::Mute)).unwrap();
    stage.service(moderate("ann", "adi", ModerationAction::Kick)).unwrap();
    let told = Event::OnKickedOutOfLive { reason: KickReason::Kicked, operator: None, banned_until: None };
    assert_eq!(stage.private("adi"), [told]);
    stage.service(moderate("ann", "adi", ModerationAction::Ban { duration_ms: None })).unwrap();
    assert_eq!(stage.refused("adi", say("ann")), ErrorCode::UserBanned);
    stage.service(moderate("ann", "adi", ModerationAction::Unban)).unwrap();
    stage.service(moderate("ann", "adi", ModerationAction::Unmute)).unwrap();
    stage.by("adi", say("ann"));
    assert_eq!(stage.service(moderate("ann", "ann", ModerationAction::Kick)), Err(ErrorCode::NoPermission));
    assert_eq!(stage.service(moderate("bob", "ann", ModerationAction::Kick)), Err(ErrorCode::RoomNotExist));
}

#[test]
fn a_server_ban_removes_the_user_from_everything() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("ann", request_battle("ann", &["bob"], at_once()));
    stage.by("cid", apply_for_seat("ann", None));
    stage.by("dan", take_seat("bob", 2));
    let ban = |name: &str| ServiceAction::BanUser { user_id: user_id(name), duration_ms: Some(60_000) };
    for name in ["bob", "cid", "dan"] {
        stage.service(ban(name)).unwrap();
        let ends = stage.effects.contains(&Effect::BannedFromServer { user_id: user_id(name) });
        assert!(ends && !stage.realm.has_stake(&user_id(name)), "{name}");
    }
    assert!(stage.realm.live_card(&live("bob")).is_none());
    assert!(stage.connected("ann").is_empty() && stage.battle("ann").sides[1].exited.is_some());
    assert!(stage.room("ann").private.seat_applications.is_empty());
    assert_eq!(stage.refused("bob", create_live("bob")), ErrorCode::UserBanned);
    assert_eq!(stage.refused("ann", invite_to_seat("ann", "cid")), ErrorCode::UserBanned);
    let listed = stage.realm.banned_from_server("", 20, stage.now).unwrap();
    assert_eq!(listed.users.len(), 3);
    stage.service(ServiceAction::UnbanUser { user_id: user_id("bob") }).unwrap();
    stage.by("bob", create_live("bob"));
    stage.wait(60_000);
    stage.by("cid", say("ann"));
}

#[test]
fn a_login_of_somebody_who_is_banned_from_the_server_counts_for_nothing() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.service(ServiceAction::BanUser { user_id: user_id("bob"), duration_ms: None }).unwrap();
    stage.comes_back("bob");
    assert!(!stage.realm.has_stake(&user_id("bob")));
    assert_eq!(stage.apply(Command::Tick), Ok(Reply::Done(duelcast_protocol::Done {})));
}
