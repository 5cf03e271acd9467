//! Taking, leaving, locking and moving; microphones.

mod common;

use common::*;
use duelcast_protocol::{
    CloseRemoteMicrophone, ErrorCode, Event, KickUserOutOfSeat, LeaveSeat, LockSeat, MoveSeatPolicy,
    MuteMicrophone, OpenRemoteMicrophone, SeatMode, SeatReply, TakeSeat, UnlockSeat, UnmuteMicrophone,
    UpdateLiveInfo,
};
use duelcast_realm::Reply;

fn update(room: &str) -> UpdateLiveInfo {
    UpdateLiveInfo {
        live_id: live(room),
        live_name: None,
        cover_url: None,
        notice: None,
        is_public_visible: None,
        seat_mode: None,
        admin_user_ids: None,
    }
}

fn with_admin(room: &str, admin: &str) -> UpdateLiveInfo {
    UpdateLiveInfo { admin_user_ids: Some(vec![user_id(admin)]), ..update(room) }
}

fn seats(pairs: &[(u16, &str)]) -> Vec<(u16, String)> {
    pairs.iter().map(|(index, name)| (*index, (*name).to_owned())).collect()
}

#[test]
fn in_free_mode_anyone_takes_the_seat_asked_for_or_the_first_free_one() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", take_seat("ann", 2));
    let reply = stage.by("cid", TakeSeat { live_id: live("ann"), index: None });
    assert_eq!(reply, Reply::Seat(SeatReply { index: 1 }));
    assert_eq!(stage.seated("ann"), seats(&[(0, "ann"), (1, "cid"), (2, "bob")]));
    assert_eq!(stage.refused("dot", take_seat("ann", 2)), ErrorCode::SeatOccupied);
    assert_eq!(stage.refused("dot", take_seat("ann", 4)), ErrorCode::SeatNotExist);
    stage.by("dot", take_seat("ann", 3));
    let any = TakeSeat { live_id: live("ann"), index: None };
    assert_eq!(stage.refused("eve", any), ErrorCode::NoFreeSeat);
}

#[test]
fn one_user_holds_one_seat_in_all_lives() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.by("cid", take_seat("ann", 1));
    assert_eq!(stage.refused("cid", take_seat("ann", 2)), ErrorCode::AlreadyOnSeat);
    assert_eq!(stage.refused("cid", take_seat("bob", 2)), ErrorCode::AlreadyOnSeat);
    stage.by("cid", LeaveSeat { live_id: live("ann") });
    stage.by("cid", take_seat("bob", 2));
    assert_eq!(stage.refused("cid", LeaveSeat { live_id: live("ann") }), ErrorCode::NotOnSeat);
}

#[test]
fn in_apply_mode_only_owner_and_admins_take_a_seat_directly() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("ann", UpdateLiveInfo { seat_mode: Some(SeatMode::Apply), ..with_admin("ann", "adi") });
    assert_eq!(stage.refused("bob", take_seat("ann", 1)), ErrorCode::SeatNeedsApplication);
    stage.by("adi", take_seat("ann", 1));
}

#[test]
fn a_locked_seat_cannot_be_taken_until_it_is_unlocked() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    assert_eq!(stage.refused("bob", LockSeat { live_id: live("ann"), index: 1 }), ErrorCode::NoPermission);
    stage.by("ann", LockSeat { live_id: live("ann"), index: 1 });
    assert_eq!(stage.refused("bob", take_seat("ann", 1)), ErrorCode::SeatLocked);
    let to_locked = move_to("ann", "ann", 1, MoveSeatPolicy::ForceReplace);
    assert_eq!(stage.refused("ann", to_locked), ErrorCode::SeatLocked);
    stage.by("ann", UnlockSeat { live_id: live("ann"), index: 1 });
    stage.by("bob", take_seat("ann", 1));
    assert_eq!(stage.refused("ann", LockSeat { live_id: live("ann"), index: 1 }), ErrorCode::SeatOccupied);
}

#[test]
fn a_move_to_a_taken_seat_aborts_replaces_or_swaps() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", take_seat("ann", 1));
    stage.by("cid", take_seat("ann", 2));
    let abort = move_to("ann", "bob", 2, MoveSeatPolicy::AbortWhenOccupied);
    assert_eq!(stage.refused("bob", abort), ErrorCode::SeatOccupied);
    stage.by("ann", move_to("ann", "bob", 2, MoveSeatPolicy::SwapPosition));
    assert_eq!(stage.seated("ann"), seats(&[(0, "ann"), (1, "cid"), (2, "bob")]));
    stage.by("ann", move_to("ann", "bob", 1, MoveSeatPolicy::ForceReplace));
    assert_eq!(stage.seated("ann"), seats(&[(0, "ann"), (1, "bob")]));
    assert_eq!(stage.private("cid"), [Event::OnKickedOffSeat { index: 1 }]);
    stage.by("cid", take_seat("ann", 3));
}

#[test]
fn a_user_without_a_role_moves_only_themselves_and_only_to_a_free_seat() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", take_seat("ann", 1));
    stage.by("cid", take_seat("ann", 2));
    let replace = move_to("ann", "bob", 2, MoveSeatPolicy::ForceReplace);
    assert_eq!(stage.refused("bob", replace), ErrorCode::NoPermission);
    let other = move_to("ann", "cid", 3, MoveSeatPolicy::AbortWhenOccupied);
    assert_eq!(stage.refused("bob", other), ErrorCode::NoPermission);
    stage.by("bob", move_to("ann", "bob", 3, MoveSeatPolicy::AbortWhenOccupied));
    assert_eq!(stage.seated("ann"), seats(&[(0, "ann"), (2, "cid"), (3, "bob")]));
}

#[test]
fn admins_have_power_over_everyone_but_the_owner() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("ann", with_admin("ann", "adi"));
    stage.by("bob", take_seat("ann", 1));
    let kick = |name| KickUserOutOfSeat { live_id: live("ann"), user_id: user_id(name) };
    assert_eq!(stage.refused("adi", kick("ann")), ErrorCode::NoPermission);
    assert_eq!(stage.refused("bob", kick("ann")), ErrorCode::NoPermission);
    let close = CloseRemoteMicrophone { live_id: live("ann"), user_id: user_id("ann") };
    assert_eq!(stage.refused("adi", close), ErrorCode::NoPermission);
    stage.by("adi", kick("bob"));
    assert_eq!(stage.private("bob"), [Event::OnKickedOffSeat { index: 1 }]);
    assert_eq!(stage.refused("adi", kick("bob")), ErrorCode::NotOnSeat);
}

#[test]
fn a_closed_microphone_is_muted_and_opens_only_by_its_user_once_allowed() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", take_seat("ann", 1));
    let (live_id, bob) = (live("ann"), user_id("bob"));
    let microphone = |stage: &Stage| {
        let user = stage.realm.seat_of(&user_id("bob")).unwrap().user.clone().unwrap();
        (user.is_microphone_open, user.allow_open_microphone)
    };
    stage.by("bob", MuteMicrophone { live_id: live_id.clone() });
    assert_eq!(microphone(&stage), (false, true));
    stage.by("bob", UnmuteMicrophone { live_id: live_id.clone() });
    stage.by("ann", CloseRemoteMicrophone { live_id: live_id.clone(), user_id: bob.clone() });
    assert_eq!(microphone(&stage), (false, false));
    let unmute = UnmuteMicrophone { live_id: live_id.clone() };
    assert_eq!(stage.refused("bob", unmute.clone()), ErrorCode::MicrophoneNotAllowed);
    stage.by("ann", OpenRemoteMicrophone { live_id, user_id: bob });
    assert_eq!(microphone(&stage), (false, true));
    stage.by("bob", unmute);
    assert_eq!(microphone(&stage), (true, true));
}

#[test]
fn while_connected_all_see_all_seats_but_manage_only_their_own() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    stage.by("cid", take_seat("bob", 3));
    assert!(
        matches!(stage.public("ann").as_slice(), [Event::OnSeatListChanged { seats }] if seats.len() == 1)
    );
    assert_eq!(stage.room("ann").seats.len(), 8);
    let kick = KickUserOutOfSeat { live_id: live("bob"), user_id: user_id("cid") };
    assert_eq!(stage.refused("ann", kick), ErrorCode::NoPermission);
}
