//! Maps events to stores.

use duelcast_protocol::Event;

/// One store's share of the events of a live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Live,
    Seat,
    CoHost,
    Battle,
    Chat,
}

/// The store that an event belongs to.
pub(crate) fn topic(event: &Event) -> Topic {
    match event {
        Event::OnLiveEnded { .. }
        | Event::OnLiveInfoChanged { .. }
        | Event::OnUserOnline { .. }
        | Event::OnUserOffline { .. }
        | Event::OnKickedOutOfLive { .. }
        | Event::OnAudienceMessageDisabled { .. }
        | Event::Unknown {} => Topic::Live,
        Event::OnSeatListChanged { .. }
        | Event::OnSeatApplicationReceived { .. }
        | Event::OnSeatApplicationCancelled { .. }
        | Event::OnSeatApplicationAccepted { .. }
        | Event::OnSeatApplicationRejected { .. }
        | Event::OnSeatApplicationTimeout { .. }
        | Event::OnSeatInvitationReceived { .. }
        | Event::OnSeatInvitationCancelled { .. }
        | Event::OnSeatInvitationAccepted { .. }
        | Event::OnSeatInvitationRejected { .. }
        | Event::OnSeatInvitationTimeout { .. }
        | Event::OnKickedOffSeat { .. } => Topic::Seat,
        Event::OnCoHostRequestSent { .. }
        | Event::OnCoHostRequestReceived { .. }
        | Event::OnCoHostRequestCancelled { .. }
        | Event::OnCoHostRequestAccepted { .. }
        | Event::OnCoHostRequestRejected { .. }
        | Event::OnCoHostRequestTimeout { .. }
        | Event::OnCoHostUserJoined { .. }
        | Event::OnCoHostUserLeft { .. }
        | Event::OnRemoteHostAudioChanged { .. } => Topic::CoHost,
        Event::OnBattleRequestSent { .. }
        | Event::OnBattleRequestReceived { .. }
        | Event::OnBattleRequestAccepted { .. }
        | Event::OnBattleRequestRejected { .. }
        | Event::OnBattleRequestTimeout { .. }
        | Event::OnBattleRequestCancelled { .. }
        | Event::OnBattleRequestEnded { .. }
        | Event::OnBattleStarted { .. }
        | Event::OnUserExitBattle { .. }
        | Event::OnBattleSettling { .. }
        | Event::OnBattleEnded { .. }
        | Event::OnBattlePenaltyStarted { .. }
        | Event::OnBattlePenaltyEnded { .. } => Topic::Battle,
        Event::OnTextMessage { .. } | Event::OnGift { .. } => Topic::Chat,
    }
}
