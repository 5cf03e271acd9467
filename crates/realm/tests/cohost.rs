//! Co-host invitations, their answers, and the connections that follow.

mod common;

use common::*;
use duelcast_protocol::{
    CancelHostConnection, CoHostCode, CoHostLeaveReason, CoHostStatus, EndLive, ErrorCode, Event,
    ExitHostConnection, MuteRemoteHostAudio, RejectHostConnection, RejectReason, limits,
};

fn exit(name: &str) -> ExitHostConnection {
    ExitHostConnection { live_id: live(name) }
}

fn code_for(stage: &mut Stage, from: &str, to: &str) -> CoHostCode {
    let reply = stage.by(from, invite_host(from, &[to]));
    host_codes(reply)[0].1
}

#[test]
fn an_accepted_invitation_connects_both_lives_and_shows_each_the_others_seats() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    assert_eq!(code_for(&mut stage, "ann", "bob"), CoHostCode::Ok);
    assert!(matches!(stage.private("ann").as_slice(), [Event::OnCoHostRequestSent { .. }]));
    assert!(matches!(stage.private("bob").as_slice(), [Event::OnCoHostRequestReceived { .. }]));
    assert!(stage.public("bob").is_empty(), "viewers never see invitations");
    stage.by("bob", accept_host("bob", "ann"));
    for name in ["ann", "bob"] {
        assert_eq!(stage.connected(name), ["ann", "bob"]);
        assert_eq!(stage.room(name).seats.len(), 8);
        assert!(stage.room(name).private.applicants.is_empty());
    }
}

#[test]
fn an_invitation_is_rejected_cancelled_or_times_out_and_both_sides_know() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    let (from_live_id, to_live_id) = (live("ann"), live("bob"));
    stage.by("ann", invite_host("ann", &["bob"]));
    let reason = RejectReason::DoNotDisturb;
    stage.by("bob", RejectHostConnection { live_id: live("bob"), from_host_live_id: live("ann"), reason });
    let rejected = Event::OnCoHostRequestRejected {
        from_live_id: from_live_id.clone(),
        to_live_id: to_live_id.clone(),
        reason,
    };
    assert_eq!((stage.private("ann"), stage.private("bob")), (vec![rejected.clone()], vec![rejected]));

    stage.by("ann", invite_host("ann", &["bob"]));
    stage.by("ann", CancelHostConnection { live_id: live("ann"), to_host_live_id: live("bob") });
    assert!(matches!(stage.private("bob").as_slice(), [Event::OnCoHostRequestCancelled { .. }]));

    stage.by("ann", invite_host("ann", &["bob"]));
    stage.wait(TIMEOUT_MS);
    let timeout = Event::OnCoHostRequestTimeout { from_live_id, to_live_id };
    assert_eq!((stage.private("ann"), stage.private("bob")), (vec![timeout.clone()], vec![timeout]));
    assert_eq!(stage.refused("bob", accept_host("bob", "ann")), ErrorCode::ConnectionNotExist);
}

#[test]
fn an_invitation_times_out_at_its_own_time_however_late_the_next_entry_is() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.by("ann", invite_host("ann", &["bob"]));
    let expires_at = stage.now + TIMEOUT_MS;
    assert_eq!(stage.realm.next_deadline().unwrap().at, expires_at);
    stage.now += 60_000;
    assert_eq!(stage.try_by("bob", accept_host("bob", "ann")).unwrap_err(), ErrorCode::ConnectionNotExist);
    let mut times = Vec::new();
    for effect in &stage.effects {
        if let duelcast_realm::Effect::Private { frame, .. } = effect {
            times.push(frame.at);
        }
    }
    assert_eq!(times, [expires_at, expires_at]);
}

#[test]
fn each_target_gets_its_own_code() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid", "dot", "eve"]);
    stage.by("cid", invite_host("cid", &["dot"]));
    stage.by("dot", accept_host("dot", "cid"));
    stage.goes_offline("eve");
    let reply = stage.by("ann", invite_host("ann", &["bob", "cid", "eve", "ann", "nobody", "bob"]));
    let expected = [
        ("ann", CoHostCode::RoomNotExist),
        ("bob", CoHostCode::Ok),
        ("cid", CoHostCode::ConnectingOtherRoom),
        ("eve", CoHostCode::Retry),
        ("nobody", CoHostCode::RoomNotExist),
    ];
    assert_eq!(host_codes(reply), expected.map(|(name, code)| (name.to_owned(), code)));
    assert_eq!(code_for(&mut stage, "ann", "bob"), CoHostCode::Connecting, "an invitation is open");
    stage.by("bob", accept_host("bob", "ann"));
    assert_eq!(code_for(&mut stage, "ann", "bob"), CoHostCode::Connecting, "they are connected");
}

#[test]
fn only_the_owner_invites_and_answers() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    assert_eq!(stage.refused("bob", invite_host("ann", &["bob"])), ErrorCode::NoPermission);
    stage.by("ann", invite_host("ann", &["bob"]));
    assert_eq!(stage.refused("ann", accept_host("bob", "ann")), ErrorCode::NoPermission);
    assert_eq!(stage.refused("ann", invite_host("ann", &[])), ErrorCode::InvalidParams);
}

#[test]
fn a_second_inviter_does_not_overwrite_the_first() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid"]);
    stage.by("ann", invite_host("ann", &["cid"]));
    stage.now += 1_000;
    stage.by("bob", invite_host("bob", &["cid"]));
    let inbox = stage.room("cid").private.applicants;
    let lines: Vec<_> =
        inbox.iter().map(|invitation| (invitation.from.live_id.as_str(), invitation.expires_at)).collect();
    assert_eq!(lines, [("ann", stage.now - 1_000 + TIMEOUT_MS), ("bob", stage.now + TIMEOUT_MS)]);
    stage.by("cid", accept_host("cid", "bob"));
    stage.by("cid", accept_host("cid", "ann"));
    assert_eq!(stage.connected("cid"), ["bob", "cid", "ann"]);
}

#[test]
fn an_inbox_holds_so_many_and_then_answers_retry() {
    let names: Vec<String> = (0..=limits::MAX_APPLICANTS_PER_LIVE).map(|n| format!("host{n}")).collect();
    let mut stage = Stage::with_lives_of(&["ann"]);
    for name in &names {
        stage.by(name, create_live(name));
    }
    let codes: Vec<CoHostCode> = names.iter().map(|name| code_for(&mut stage, name, "ann")).collect();
    assert!(codes[..limits::MAX_APPLICANTS_PER_LIVE].iter().all(|code| *code == CoHostCode::Ok));
    assert_eq!(codes.last(), Some(&CoHostCode::Retry));
}

#[test]
fn mutual_invitations_merge_into_one_accept() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    stage.by("ann", invite_host("ann", &["bob"]));
    assert_eq!(code_for(&mut stage, "bob", "ann"), CoHostCode::Ok);
    assert!(matches!(stage.private("ann").as_slice(), [Event::OnCoHostRequestAccepted { .. }]));
    assert_eq!(stage.connected("ann"), ["ann", "bob"]);
    assert!(stage.room("ann").private.applicants.is_empty());
    assert!(stage.room("bob").private.invitees.is_empty());
}

#[test]
fn a_connection_takes_nine_lives_and_not_one_more() {
    let names: Vec<String> = (0..10).map(|n| format!("host{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::with_lives_of(&names);
    let reply = stage.by(names[0], invite_host(names[0], &names[1..]));
    let codes: Vec<CoHostCode> = host_codes(reply).into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes.iter().filter(|code| **code == CoHostCode::Ok).count(), 8);
    assert_eq!(codes.last(), Some(&CoHostCode::Full));
    stage.by(names[1], accept_host(names[1], names[0]));
    assert_eq!(code_for(&mut stage, names[1], names[9]), CoHostCode::Ok, "another member may still ask");
    for guest in &names[2..9] {
        stage.by(guest, accept_host(guest, names[0]));
    }
    assert_eq!(stage.connected(names[0]).len(), 9);
    let late = accept_host(names[9], names[1]);
    assert_eq!(stage.refused(names[9], late.clone()), ErrorCode::ConnectionOrBattleLimitExceeded);
    stage.by(names[4], exit(names[4]));
    stage.by(names[9], late);
}

#[test]
fn an_unconnected_live_joins_the_connection_of_the_other() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid"]);
    stage.by("ann", invite_host("ann", &["bob"]));
    stage.by("cid", invite_host("cid", &["bob"]));
    stage.by("bob", accept_host("bob", "cid"));
    stage.by("bob", accept_host("bob", "ann"));
    assert_eq!(stage.connected("ann"), ["cid", "bob", "ann"]);
}

#[test]
fn two_connections_do_not_become_one() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid", "dot"]);
    stage.by("ann", invite_host("ann", &["cid"]));
    for (host, guest) in [("ann", "bob"), ("cid", "dot")] {
        stage.by(host, invite_host(host, &[guest]));
        stage.by(guest, accept_host(guest, host));
    }
    assert_eq!(stage.refused("cid", accept_host("cid", "ann")), ErrorCode::RoomConnectedInOther);
    assert_eq!(stage.room("cid").private.applicants.len(), 1, "the invitation stays in the inbox");
}

#[test]
fn invitations_between_lives_that_are_connected_by_now_are_dropped() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid"]);
    stage.by("ann", invite_host("ann", &["bob", "cid"]));
    stage.by("bob", invite_host("bob", &["cid"]));
    stage.by("bob", accept_host("bob", "ann"));
    stage.by("cid", accept_host("cid", "ann"));
    assert!(stage.private("bob").iter().any(|event| matches!(event, Event::OnCoHostRequestCancelled { .. })));
    assert!(stage.room("cid").private.applicants.is_empty());
}

#[test]
fn leaving_removes_only_that_live_until_one_remains() {
    let mut stage = Stage::with_connected(&["ann", "bob", "cid"]);
    stage.by("ann", exit("ann"));
    assert_eq!(stage.connected("bob"), ["bob", "cid"]);
    assert_eq!(stage.room("ann").co_host.status, CoHostStatus::Disconnected);
    stage.by("bob", exit("bob"));
    let mut reasons = Vec::new();
    for event in stage.public("cid") {
        if let Event::OnCoHostUserLeft { left_live_id, reason, .. } = event {
            reasons.push((left_live_id.to_string(), reason));
        }
    }
    let expected = [("bob", CoHostLeaveReason::Left), ("cid", CoHostLeaveReason::ConnectionEnded)];
    assert_eq!(reasons, expected.map(|(name, reason)| (name.to_owned(), reason)));
    assert_eq!(stage.refused("cid", exit("cid")), ErrorCode::ConnectionNotExist);
}

#[test]
fn an_ended_live_takes_its_invitations_along() {
    let mut stage = Stage::with_lives_of(&["ann", "bob", "cid"]);
    stage.by("ann", invite_host("ann", &["bob"]));
    stage.by("cid", invite_host("cid", &["ann"]));
    stage.by("ann", EndLive { live_id: live("ann") });
    assert!(matches!(stage.private("bob").as_slice(), [Event::OnCoHostRequestCancelled { .. }]));
    assert!(matches!(stage.private("cid").as_slice(), [Event::OnCoHostRequestCancelled { .. }]));
    assert!(stage.room("bob").private.applicants.is_empty());
}

#[test]
fn a_whole_other_live_can_be_muted_for_ones_own_audience() {
    let mut stage = Stage::with_connected(&["ann", "bob"]);
    let mute = |target, is_muted| MuteRemoteHostAudio {
        live_id: live("ann"),
        target_live_id: live(target),
        is_muted,
    };
    stage.by("ann", mute("bob", true));
    assert!(matches!(stage.public("ann").as_slice(), [Event::OnRemoteHostAudioChanged { .. }]));
    assert!(stage.public("bob").is_empty());
    assert_eq!(stage.room("ann").co_host.muted_live_ids, [live("bob")]);
    stage.by("ann", mute("bob", false));
    assert!(stage.room("ann").co_host.muted_live_ids.is_empty());
    assert_eq!(stage.refused("ann", mute("ann", true)), ErrorCode::ConnectionNotExist);
}

#[test]
fn linking_rooms_with_all_seats_taken_removes_nobody() {
    let mut stage = Stage::with_lives_of(&["ann", "bob"]);
    for (index, name) in ["u1", "u2", "u3"].iter().enumerate() {
        stage.by(name, take_seat("ann", index as u16 + 1));
        let other = format!("{name}b");
        stage.by(&other, take_seat("bob", index as u16 + 1));
    }
    stage.by("ann", invite_host("ann", &["bob"]));
    stage.by("bob", accept_host("bob", "ann"));
    for name in ["ann", "bob"] {
        assert_eq!(stage.room(name).seats.iter().filter(|seat| seat.user.is_some()).count(), 8);
    }
}
