//! Toast texts for events, for the users whom they concern.

use duelcast_protocol::{
    BattleExitReason, BattleRequestEndReason, CoHostLeaveReason, Event, LiveId, PenaltyEndReason,
    RejectReason, UserId,
};

use crate::i18n::words;

/// User names by id, as far as known.
pub trait Names {
    fn live(&self, live_id: &LiveId) -> String;
    fn user(&self, user_id: &UserId) -> String;
}

/// Why a live left the connection. `own` is this page's live.
#[must_use]
pub fn left_sentence(left: &LiveId, own: &LiveId, reason: CoHostLeaveReason, names: &impl Names) -> String {
    if left == own {
        return match reason {
            CoHostLeaveReason::Left => words::co_hosting_over_left(),
            CoHostLeaveReason::Disconnected => words::co_hosting_over_away(),
            CoHostLeaveReason::LiveEnded => words::co_hosting_over_live(),
            CoHostLeaveReason::ConnectionEnded => words::co_hosting_over_alone(),
            CoHostLeaveReason::BattleOver => words::co_hosting_over_battle(),
        };
    }
    let name = names.live(left);
    match reason {
        CoHostLeaveReason::Left => words::co_host_left(&name),
        CoHostLeaveReason::Disconnected => words::co_host_disconnected(&name),
        CoHostLeaveReason::LiveEnded => words::co_host_ended_live(&name),
        CoHostLeaveReason::ConnectionEnded => words::co_host_no_longer(&name),
        CoHostLeaveReason::BattleOver => words::co_host_battle_over(&name),
    }
}

/// The toast for an event; `None` for most events, because the page shows their effect.
#[must_use]
pub fn toast_sentence(event: &Event, own: &LiveId, names: &impl Names) -> Option<String> {
    match event {
        Event::OnCoHostRequestRejected { from_live_id, to_live_id, reason } if from_live_id == own => {
            Some(rejected(&names.live(to_live_id), *reason))
        }
        Event::OnCoHostRequestTimeout { from_live_id, to_live_id } if from_live_id == own => {
            Some(words::no_answer(&names.live(to_live_id)))
        }
        Event::OnCoHostRequestTimeout { from_live_id, .. } => {
            Some(words::invitation_expired(&names.live(from_live_id)))
        }
        Event::OnCoHostRequestCancelled { from_live_id, .. } if from_live_id != own => {
            Some(words::invitation_withdrawn(&names.live(from_live_id)))
        }
        Event::OnBattleRequestRejected { user_id, reason, .. } => {
            Some(rejected(&names.user(user_id), *reason))
        }
        Event::OnBattleRequestTimeout { user_id, .. } => Some(words::no_answer(&names.user(user_id))),
        Event::OnBattleRequestEnded { reason, .. } => request_ended(*reason),
        Event::OnUserExitBattle { user_id, reason, .. } => Some(exited(&names.user(user_id), *reason)),
        Event::OnBattlePenaltyEnded { reason: PenaltyEndReason::EndedByWinner, .. } => {
            Some(words::let_off_by_winner())
        }
        Event::OnKickedOffSeat { .. } => Some(words::seat_taken_off()),
        Event::OnSeatApplicationRejected { .. } => Some(words::seat_not_given()),
        Event::OnSeatApplicationTimeout { .. } => Some(words::seat_no_answer()),
        Event::OnSeatInvitationRejected { user_id } => Some(words::seat_declined(&names.user(user_id))),
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
        | Event::OnKickedOutOfLive { .. }
        | Event::OnAudienceMessageDisabled { .. }
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
        | Event::OnGift { .. }
        | Event::Unknown {} => None,
    }
}

fn rejected(name: &str, reason: RejectReason) -> String {
    match reason {
        RejectReason::Declined => words::refused_declined(name),
        RejectReason::Busy => words::refused_busy(name),
        RejectReason::DoNotDisturb => words::refused_do_not_disturb(name),
    }
}

fn request_ended(reason: BattleRequestEndReason) -> Option<String> {
    match reason {
        BattleRequestEndReason::Cancelled => Some(words::request_cancelled()),
        BattleRequestEndReason::ConnectionEnded => Some(words::request_nobody_left()),
        BattleRequestEndReason::Superseded => Some(words::request_superseded()),
        BattleRequestEndReason::Rejected | BattleRequestEndReason::TimedOut => None,
    }
}

fn exited(name: &str, reason: BattleExitReason) -> String {
    match reason {
        BattleExitReason::Exited => words::exited_battle(name),
        BattleExitReason::Disconnected => words::exited_disconnected(name),
        BattleExitReason::LeftConnection => words::exited_left(name),
        BattleExitReason::LiveEnded => words::exited_ended_live(name),
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
    fn everyone_is_told_why_a_co_host_is_gone() {
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
