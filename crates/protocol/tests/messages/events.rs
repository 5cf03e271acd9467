//! What the server says unasked: events and the other notifications.

use duelcast_protocol::*;

use crate::{line, samples::*};

fn live_and_seat_events() -> Vec<Event> {
    let vic = || user_id("vic");
    vec![
        Event::OnLiveEnded { reason: LiveEndReason::EndedByOwner, summary: summary() },
        Event::OnLiveInfoChanged { live: live_info() },
        Event::OnUserOnline { user_id: vic() },
        Event::OnUserOffline { user_id: vic() },
        Event::OnSeatListChanged { seats: vec![seat(), empty_seat()] },
        Event::OnSeatApplicationReceived { application: application() },
        Event::OnSeatApplicationCancelled { user_id: vic() },
        Event::OnSeatApplicationAccepted { user_id: vic(), index: 2 },
        Event::OnSeatApplicationRejected { user_id: vic() },
        Event::OnSeatApplicationTimeout { user_id: vic() },
        Event::OnSeatInvitationReceived { invitation: seat_invitation() },
        Event::OnSeatInvitationCancelled { user_id: vic() },
        Event::OnSeatInvitationAccepted { user_id: vic(), index: 2 },
        Event::OnSeatInvitationRejected { user_id: vic() },
        Event::OnSeatInvitationTimeout { user_id: vic() },
        Event::OnKickedOffSeat { index: 2 },
        Event::OnKickedOutOfLive { reason: KickReason::Kicked, operator: None, banned_until: None },
        Event::OnKickedOutOfLive {
            reason: KickReason::Banned,
            operator: Some(user("adi")),
            banned_until: Some(AT + 60_000),
        },
        Event::OnAudienceMessageDisabled { user_id: vic(), is_disable: true },
        Event::OnTextMessage { message: text() },
        Event::OnGift { message: gift() },
    ]
}

fn co_host_events() -> Vec<Event> {
    let (from_live_id, to_live_id) = (live_id("a"), live_id("b"));
    let ids = || (from_live_id.clone(), to_live_id.clone());
    let reason = RejectReason::DoNotDisturb;
    let ((f1, t1), (f2, t2), (f3, t3), (f4, t4)) = (ids(), ids(), ids(), ids());
    vec![
        Event::OnCoHostRequestSent { invitation: invitation() },
        Event::OnCoHostRequestReceived { invitation: invitation() },
        Event::OnCoHostRequestCancelled { from_live_id: f1, to_live_id: t1 },
        Event::OnCoHostRequestAccepted { from_live_id: f2, to_live_id: t2 },
        Event::OnCoHostRequestRejected { from_live_id: f3, to_live_id: t3, reason },
        Event::OnCoHostRequestTimeout { from_live_id: f4, to_live_id: t4 },
        Event::OnCoHostUserJoined {
            connection_id: connection_id(),
            layout_template: 1,
            joined_live_ids: vec![live_id("b")],
            connected: vec![co_host_live("a"), co_host_live("b")],
            seats: vec![empty_seat()],
        },
        Event::OnCoHostUserLeft {
            connection_id: connection_id(),
            left_live_id: live_id("b"),
            reason: CoHostLeaveReason::ConnectionEnded,
        },
        Event::OnRemoteHostAudioChanged { muted_live_ids: vec![live_id("b")] },
    ]
}

fn battle_events() -> Vec<Event> {
    let bob = || user_id("bob");
    let battle_id = battle_id;
    vec![
        Event::OnBattleRequestSent { request: request() },
        Event::OnBattleRequestReceived { request: request() },
        Event::OnBattleRequestAccepted { battle_id: battle_id(), user_id: bob() },
        Event::OnBattleRequestRejected {
            battle_id: battle_id(),
            user_id: bob(),
            reason: RejectReason::Declined,
        },
        Event::OnBattleRequestTimeout { battle_id: battle_id(), user_id: bob() },
        Event::OnBattleRequestCancelled { battle_id: battle_id(), user_ids: vec![bob()] },
        Event::OnBattleRequestEnded {
            battle_id: battle_id(),
            reason: BattleRequestEndReason::ConnectionEnded,
        },
        Event::OnBattleStarted { battle_info: battle() },
        Event::OnUserExitBattle {
            battle_id: battle_id(),
            user_id: bob(),
            user_live_id: live_id("b"),
            reason: BattleExitReason::Disconnected,
        },
        Event::OnBattleSettling { battle_id: battle_id(), ends_at: AT, settles_at: AT + 2_000 },
        Event::OnBattleEnded { battle_info: battle() },
        Event::OnBattlePenaltyStarted {
            battle_id: battle_id(),
            loser_user_ids: vec![bob()],
            penalty_ends_at: AT + 20_000,
        },
        Event::OnBattlePenaltyEnded { battle_id: battle_id(), reason: PenaltyEndReason::EndedByWinner },
    ]
}

#[test]
fn events_of_every_kind() {
    let events = [live_and_seat_events(), co_host_events(), battle_events()].concat();
    let frame = |event| EventFrame { live_id: live_id("a"), seq: Some(1), at: AT, event };
    let lines: Vec<String> = events.into_iter().map(|event| line(&frame(event))).collect();
    insta::assert_snapshot!("events", lines.join("\n"));
}

#[test]
fn notifications_with_their_envelope() {
    let event = Event::OnKickedOffSeat { index: 2 };
    let notifications = [
        Notification::Event(EventFrame { live_id: live_id("a"), seq: None, at: AT, event }),
        Notification::Volatile(volatile()),
        Notification::Snapshot(Box::new(snapshot())),
        Notification::KickedByOtherSession {},
    ];
    let lines = notifications.map(|notification| {
        line(&notification);
        let text = serde_json::to_string(&RpcNotification::from(&notification)).unwrap();
        assert_eq!(serde_json::from_str::<Notification>(&text).unwrap(), notification);
        text
    });
    insta::assert_snapshot!("notifications", lines.join("\n"));
}

#[test]
fn members_may_come_in_any_order_and_unknown_ones_are_ignored() {
    let text = r#"{"userId":"vic","more":[1.5e3,{}],"type":"onUserOnline","at":9,"liveId":"a"}"#;
    let frame: EventFrame = serde_json::from_str(text).unwrap();
    assert_eq!(frame.event, Event::OnUserOnline { user_id: user_id("vic") });
}

#[test]
fn an_event_with_a_wrong_or_absent_member_is_an_error() {
    for text in [
        r#"{"type":"onUserOnline","at":9,"liveId":"a"}"#,
        r#"{"type":"onUserOnline","at":9,"liveId":"a","userId":7}"#,
        r#"{"type":"onUserOnline","at":-9,"liveId":"a","userId":"vic"}"#,
        r#"{"at":9,"liveId":"a","userId":"vic"}"#,
    ] {
        assert!(serde_json::from_str::<EventFrame>(text).is_err(), "{text}");
    }
}

#[test]
fn an_event_of_a_later_version_advances_seq_and_changes_nothing_else() {
    let text = r#"{"type":"onFuture","liveId":"a","seq":8,"at":9,"news":{"a":[1]}}"#;
    let frame: EventFrame = serde_json::from_str(text).unwrap();
    let before = LiveSnapshot { seq: 7, ..snapshot() };
    let mut after = before.clone();
    after.fold(&frame);
    assert_eq!(after, LiveSnapshot { seq: 8, ..before });
}
