//! Events in words, for those whom they concern.

use duelcast_protocol::{
    BattleExitReason, BattleRequestEndReason, CoHostLeaveReason, Event, LiveId, PenaltyEndReason,
    RejectReason, UserId,
};

/// Names by id, as far as they are known.
pub trait Names {
    fn live(&self, live_id: &LiveId) -> String;
    fn user(&self, user_id: &UserId) -> String;
}

/// Why a live is no longer in the connection. `own` is this page's live.
#[must_use]
pub fn left_sentence(left: &LiveId, own: &LiveId, reason: CoHostLeaveReason, names: &impl Names) -> String {
    if left == own {
        return match reason {
            CoHostLeaveReason::Left => "Co-hosting is over: this room left.",
            CoHostLeaveReason::Disconnected => "Co-hosting is over: the streamer was away for too long.",
            CoHostLeaveReason::LiveEnded => "Co-hosting is over: the live ended.",
            CoHostLeaveReason::ConnectionEnded => "Co-hosting is over: nobody else is left.",
            CoHostLeaveReason::BattleOver => "Co-hosting ended with the battle.",
        }
        .to_owned();
    }
    let name = names.live(left);
    match reason {
        CoHostLeaveReason::Left => format!("{name} left co-hosting."),
        CoHostLeaveReason::Disconnected => format!("{name} lost the connection and is out."),
        CoHostLeaveReason::LiveEnded => format!("{name} ended the live."),
        CoHostLeaveReason::ConnectionEnded => format!("{name} is no longer connected."),
        CoHostLeaveReason::BattleOver => format!("{name} left with the end of the battle."),
    }
}

/// A toast for an event; most need none, because the page shows what they changed.
#[must_use]
pub fn toast_sentence(event: &Event, own: &LiveId, names: &impl Names) -> Option<String> {
    match event {
        Event::OnCoHostRequestRejected { from_live_id, to_live_id, reason } if from_live_id == own => {
            Some(rejected(&names.live(to_live_id), *reason))
        }
        Event::OnCoHostRequestTimeout { from_live_id, to_live_id } if from_live_id == own => {
            Some(format!("{} did not answer.", names.live(to_live_id)))
        }
        Event::OnCoHostRequestTimeout { from_live_id, .. } => {
            Some(format!("The invitation from {} has run out.", names.live(from_live_id)))
        }
        Event::OnCoHostRequestCancelled { from_live_id, .. } if from_live_id != own => {
            Some(format!("{} took the invitation back.", names.live(from_live_id)))
        }
        Event::OnBattleRequestRejected { user_id, reason, .. } => {
            Some(rejected(&names.user(user_id), *reason))
        }
        Event::OnBattleRequestTimeout { user_id, .. } => {
            Some(format!("{} did not answer.", names.user(user_id)))
        }
        Event::OnBattleRequestEnded { reason, .. } => request_ended(*reason).map(str::to_owned),
        Event::OnUserExitBattle { user_id, reason, .. } => Some(exited(&names.user(user_id), *reason)),
        Event::OnBattlePenaltyEnded { reason: PenaltyEndReason::EndedByWinner, .. } => {
            Some("The winner let the losers off.".to_owned())
        }
        Event::OnKickedOffSeat { .. } => Some("You were taken off your seat.".to_owned()),
        Event::OnSeatApplicationRejected { .. } => Some("Not this time: the seat was not given.".to_owned()),
        Event::OnSeatApplicationTimeout { .. } => Some("Nobody answered about the seat.".to_owned()),
        Event::OnSeatInvitationRejected { user_id } => {
            Some(format!("{} declined the seat.", names.user(user_id)))
        }
        Event::OnCoHostRequestCancelled { .. }
        | Event::OnCoHostRequestRejected { .. }
        | Event::OnCoHostRequestSent { .. }
        | Event::OnCoHostRequestReceived { .. }
        | Event::OnCoHostRequestAccepted { .. }
        | Event::OnCoHostUserJoined { .. }
        | Event::OnCoHostUserLeft { .. }
        | Event::OnRemoteHostAudioChanged { .. }
        | Event::OnBattleRequestSent { .. }
        | Event::OnBattleRequestReceived { .. }
        | Event::OnBattleRequestAccepted { .. }
        | Event::OnBattleRequestCancelled { .. }
        | Event::OnBattleStarted { .. }
        | Event::OnBattleSettling { .. }
        | Event::OnBattleEnded { .. }
        | Event::OnBattlePenaltyStarted { .. }
        | Event::OnBattlePenaltyEnded { .. }
        | Event::OnLiveEnded { .. }
        | Event::OnLiveInfoChanged { .. }
        | Event::OnUserOnline { .. }
        | Event::OnUserOffline { .. }
        | Event::OnSeatListChanged { .. }
        | Event::OnSeatApplicationReceived { .. }
        | Event::OnSeatApplicationCancelled { .. }
        | Event::OnSeatApplicationAccepted { .. }
        | Event::OnSeatInvitationReceived { .. }
        | Event::OnSeatInvitationCancelled { .. }
        | Event::OnSeatInvitationAccepted { .. }
        | Event::OnSeatInvitationTimeout { .. }
        | Event::OnTextMessage { .. }
        | Event::OnGift { .. } => None,
    }
}

fn rejected(name: &str, reason: RejectReason) -> String {
    match reason {
        RejectReason::Declined => format!("{name} declined."),
        RejectReason::Busy => format!("{name} is busy."),
        RejectReason::DoNotDisturb => format!("{name} does not want to be disturbed."),
    }
}

fn request_ended(reason: BattleRequestEndReason) -> Option<&'static str> {
    match reason {
        BattleRequestEndReason::Cancelled => Some("The battle request was taken back."),
        BattleRequestEndReason::ConnectionEnded => Some("There is nobody left to battle."),
        BattleRequestEndReason::Superseded => Some("Another battle started."),
        BattleRequestEndReason::Rejected | BattleRequestEndReason::TimedOut => None,
    }
}

fn exited(name: &str, reason: BattleExitReason) -> String {
    match reason {
        BattleExitReason::Exited => format!("{name} gave up."),
        BattleExitReason::Disconnected => format!("{name} lost the connection and is out of the battle."),
        BattleExitReason::LeftConnection => format!("{name} left in the middle of the battle."),
        BattleExitReason::LiveEnded => format!("{name} ended the live in the middle of the battle."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ids;

    impl Names for Ids {
        fn live(&self, live_id: &LiveId) -> String {
            live_id.to_string()
        }
        fn user(&self, user_id: &UserId) -> String {
            user_id.to_string()
        }
    }

    fn live(id: &str) -> LiveId {
        LiveId::new(id).unwrap()
    }

    #[test]
    fn row_10_everyone_is_told_why_a_co_host_is_gone() {
        let said = |left, reason| left_sentence(&live(left), &live("a"), reason, &Ids);
        assert_eq!(said("b", CoHostLeaveReason::Disconnected), "b lost the connection and is out.");
        assert_eq!(said("a", CoHostLeaveReason::ConnectionEnded), "Co-hosting is over: nobody else is left.");
    }

    #[test]
    fn only_the_inviter_hears_of_a_refusal() {
        let event = Event::OnCoHostRequestRejected {
            from_live_id: live("a"),
            to_live_id: live("b"),
            reason: RejectReason::Busy,
        };
        assert_eq!(toast_sentence(&event, &live("a"), &Ids).as_deref(), Some("b is busy."));
        assert_eq!(toast_sentence(&event, &live("b"), &Ids), None);
    }
}
