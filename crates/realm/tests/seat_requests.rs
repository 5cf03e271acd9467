//! Applications for a seat and invitations to one.

mod common;

use common::*;
use duelcast_protocol::{
    AcceptInvitation, ApplyForSeat, CancelApplication, CancelInvitation, ErrorCode, Event, LeaveSeat,
    RejectApplication, RejectInvitation, SeatReply, UpdateLiveInfo, UserId,
};
use duelcast_realm::Reply;

fn bob() -> UserId {
    user_id("bob")
}

#[test]
fn an_accepted_application_gives_the_seat_asked_for() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", apply_for_seat("ann", Some(3)));
    for name in ["ann", "bob"] {
        assert!(
            matches!(stage.private(name).as_slice(), [Event::OnSeatApplicationReceived { .. }]),
            "{name}"
        );
        assert_eq!(stage.sees(name, "ann").seat_applications.len(), 1);
    }
    assert!(stage.sees("cid", "ann").seat_applications.is_empty(), "others do not see it");
    assert_eq!(stage.refused("cid", accept_application("ann", "bob")), ErrorCode::NoPermission);
    assert_eq!(stage.by("ann", accept_application("ann", "bob")), Reply::Seat(SeatReply { index: 3 }));
    assert_eq!(stage.private("bob"), [Event::OnSeatApplicationAccepted { user_id: bob(), index: 3 }]);
    assert_eq!(stage.refused("ann", accept_application("ann", "bob")), ErrorCode::SeatRequestNotExist);
}

#[test]
fn when_the_seat_asked_for_is_gone_the_first_free_one_is_given() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", apply_for_seat("ann", Some(1)));
    stage.by("cid", take_seat("ann", 1));
    assert_eq!(stage.by("ann", accept_application("ann", "bob")), Reply::Seat(SeatReply { index: 2 }));
}

#[test]
fn when_every_seat_is_taken_the_application_stays_open() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", apply_for_seat("ann", None));
    for (name, index) in [("cid", 1), ("dot", 2), ("eve", 3)] {
        stage.by(name, take_seat("ann", index));
    }
    assert_eq!(stage.refused("ann", accept_application("ann", "bob")), ErrorCode::NoFreeSeat);
    stage.by("eve", LeaveSeat { live_id: live("ann") });
    stage.by("ann", accept_application("ann", "bob"));
}

#[test]
fn an_application_is_cancelled_rejected_or_times_out() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", apply_for_seat("ann", None));
    assert_eq!(stage.refused("bob", apply_for_seat("ann", None)), ErrorCode::PendingSeatRequest);
    stage.by("bob", CancelApplication { live_id: live("ann") });
    assert_eq!(stage.private("ann"), [Event::OnSeatApplicationCancelled { user_id: bob() }]);
    stage.by("bob", apply_for_seat("ann", None));
    stage.by("ann", RejectApplication { live_id: live("ann"), user_id: bob() });
    assert_eq!(stage.private("bob"), [Event::OnSeatApplicationRejected { user_id: bob() }]);
    stage.by("bob", apply_for_seat("ann", None));
    assert!(stage.realm.has_stake(&bob()));
    stage.wait(TIMEOUT_MS);
    assert_eq!(stage.private("bob"), [Event::OnSeatApplicationTimeout { user_id: bob() }]);
    assert!(!stage.realm.has_stake(&bob()));
}

#[test]
fn an_invitation_reaches_also_those_who_were_never_seen() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("ann", invite_to_seat("ann", "bob"));
    assert!(matches!(
        stage.private("bob").as_slice(),
        [Event::OnSeatInvitationReceived { invitation }] if invitation.user.user_name == "bob"
    ));
    let application = stage.try_by("bob", apply_for_seat("ann", None));
    assert_eq!(application, Err(ErrorCode::PendingSeatRequest));
    let reply = stage.by("bob", AcceptInvitation { live_id: live("ann") });
    assert_eq!(reply, Reply::Seat(SeatReply { index: 1 }));
    assert_eq!(stage.private("ann"), [Event::OnSeatInvitationAccepted { user_id: bob(), index: 1 }]);
}

#[test]
fn an_invitation_is_cancelled_rejected_or_times_out() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    assert_eq!(stage.refused("bob", invite_to_seat("ann", "cid")), ErrorCode::NoPermission);
    stage.by("ann", invite_to_seat("ann", "bob"));
    stage.by("ann", CancelInvitation { live_id: live("ann"), user_id: bob() });
    assert_eq!(stage.private("bob"), [Event::OnSeatInvitationCancelled { user_id: bob() }]);
    stage.by("ann", invite_to_seat("ann", "bob"));
    stage.by("bob", RejectInvitation { live_id: live("ann") });
    assert_eq!(stage.private("ann"), [Event::OnSeatInvitationRejected { user_id: bob() }]);
    stage.by("ann", invite_to_seat("ann", "bob"));
    stage.wait(TIMEOUT_MS);
    assert_eq!(stage.private("ann"), [Event::OnSeatInvitationTimeout { user_id: bob() }]);
    let late = AcceptInvitation { live_id: live("ann") };
    assert_eq!(stage.refused("bob", late), ErrorCode::SeatRequestNotExist);
}

#[test]
fn a_new_admin_learns_of_what_is_open() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    stage.by("bob", apply_for_seat("ann", None));
    let change = UpdateLiveInfo {
        live_id: live("ann"),
        live_name: None,
        cover_url: None,
        notice: None,
        is_public_visible: None,
        seat_mode: None,
        admin_user_ids: Some(vec![user_id("adi")]),
    };
    stage.by("ann", change);
    assert!(matches!(stage.private("adi").as_slice(), [Event::OnSeatApplicationReceived { .. }]));
    stage.by("adi", accept_application("ann", "bob"));
}

#[test]
fn a_timeout_outside_the_limits_is_refused() {
    let mut stage = Stage::with_lives_of(&["ann"]);
    for timeout_ms in [999, 30_001] {
        let apply = ApplyForSeat { timeout_ms, ..apply_for_seat("ann", None) };
        assert_eq!(stage.refused("bob", apply), ErrorCode::InvalidParams);
    }
}
