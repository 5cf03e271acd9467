//! What happens in a live: events, and volatile values.
//!
//! A *public* event goes to everybody in a live and has a contiguous `seq`. A *private* one goes to those it names and
//! has none, so that nobody else sees a gap.

use serde::{Deserialize, Serialize};

use crate::{
    BattleExitReason, BattleId, BattleInfo, BattleRequest, BattleRequestEndReason, BattleScore,
    CoHostInvitation, CoHostLeaveReason, CoHostLive, ConnectionId, GiftMessage, KickReason, LayoutTemplate,
    LiveEndReason, LiveId, LiveInfo, LiveSummary, PenaltyEndReason, RejectReason, SeatApplication, SeatInfo,
    SeatInvitation, SideContributors, TextMessage, Timestamp, UserId, UserInfo,
    wire::{FromWire, ToWire},
};

/// An event with its place in the stream of one live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct EventFrame {
    pub live_id: LiveId,
    /// Absent in private events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    pub at: Timestamp,
    #[serde(flatten)]
    pub event: Event,
}

macro_rules! events {
    ($($(#[$doc:meta])* $event:ident { $($(#[$field_attr:meta])* $field:ident: $ty:ty,)* })*) => {
        /// What happened. Past tense, named as in the reference.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
        #[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
        pub enum Event { $($(#[$doc])* $event { $($(#[$field_attr])* $field: $ty,)* },)* }
    };
}

events! {
    // --- live, public
    OnLiveEnded {
        reason: LiveEndReason,
        summary: LiveSummary,
    }
    OnLiveInfoChanged {
        live: LiveInfo,
    }
    /// A seat holder or owner of this or a connected live is back.
    OnUserOnline {
        user_id: UserId,
    }
    /// A seat holder or owner of this or a connected live lost the socket: shown as reconnecting.
    OnUserOffline {
        user_id: UserId,
    }

    // --- people, private
    /// To the user who was put out of the live. The socket hears no more of the live.
    OnKickedOutOfLive {
        reason: KickReason,
        /// The owner or admin who did it; absent for a service.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<UserInfo>,
        /// When a ban is over; absent until somebody lifts it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        banned_until: Option<Timestamp>,
    }
    /// To the owner, the admins and the user: whether this user may send texts.
    OnAudienceMessageDisabled {
        user_id: UserId,
        is_disable: bool,
    }

    // --- seats, public
    /// The seats that changed, of this or connected lives.
    OnSeatListChanged {
        seats: Vec<SeatInfo>,
    }

    // --- seats, private
    /// To the owner, the admins and the applicant.
    OnSeatApplicationReceived {
        application: SeatApplication,
    }
    /// To the owner, the admins and the applicant.
    OnSeatApplicationCancelled {
        user_id: UserId,
    }
    OnSeatApplicationAccepted {
        user_id: UserId,
        index: u16,
    }
    OnSeatApplicationRejected {
        user_id: UserId,
    }
    OnSeatApplicationTimeout {
        user_id: UserId,
    }
    /// To the invited user, the owner and the admins.
    OnSeatInvitationReceived {
        invitation: SeatInvitation,
    }
    OnSeatInvitationCancelled {
        user_id: UserId,
    }
    OnSeatInvitationAccepted {
        user_id: UserId,
        index: u16,
    }
    OnSeatInvitationRejected {
        user_id: UserId,
    }
    OnSeatInvitationTimeout {
        user_id: UserId,
    }
    /// To the user who was put off a seat by somebody else.
    OnKickedOffSeat {
        index: u16,
    }

    // --- co-hosting, private: to the owners of both lives (`Sent` to the inviter, `Received` to the other)
    OnCoHostRequestSent {
        invitation: CoHostInvitation,
    }
    OnCoHostRequestReceived {
        invitation: CoHostInvitation,
    }
    OnCoHostRequestCancelled {
        from_live_id: LiveId,
        to_live_id: LiveId,
    }
    OnCoHostRequestAccepted {
        from_live_id: LiveId,
        to_live_id: LiveId,
    }
    OnCoHostRequestRejected {
        from_live_id: LiveId,
        to_live_id: LiveId,
        reason: RejectReason,
    }
    OnCoHostRequestTimeout {
        from_live_id: LiveId,
        to_live_id: LiveId,
    }

    // --- co-hosting, public
    /// `connected` is the whole connection in order of joining; `seats` are those of the lives that are new to this one.
    OnCoHostUserJoined {
        connection_id: ConnectionId,
        layout_template: LayoutTemplate,
        joined_live_ids: Vec<LiveId>,
        connected: Vec<CoHostLive>,
        seats: Vec<SeatInfo>,
    }
    /// When `left_live_id` is this live itself, it is connected no more.
    OnCoHostUserLeft {
        connection_id: ConnectionId,
        left_live_id: LiveId,
        reason: CoHostLeaveReason,
    }
    /// The other lives that nobody in this one hears.
    OnRemoteHostAudioChanged {
        muted_live_ids: Vec<LiveId>,
    }

    // --- battle requests, private: to the inviter and all invitees (`Sent` to the inviter, `Received` to the others)
    OnBattleRequestSent {
        request: BattleRequest,
    }
    OnBattleRequestReceived {
        request: BattleRequest,
    }
    OnBattleRequestAccepted {
        battle_id: BattleId,
        user_id: UserId,
    }
    OnBattleRequestRejected {
        battle_id: BattleId,
        user_id: UserId,
        reason: RejectReason,
    }
    /// This invitee did not answer in time.
    OnBattleRequestTimeout {
        battle_id: BattleId,
        user_id: UserId,
    }
    /// The inviter took the request to these users back.
    OnBattleRequestCancelled {
        battle_id: BattleId,
        user_ids: Vec<UserId>,
    }
    /// The whole request is over without a battle.
    OnBattleRequestEnded {
        battle_id: BattleId,
        reason: BattleRequestEndReason,
    }

    // --- battle, public
    OnBattleStarted {
        battle_info: BattleInfo,
    }
    OnUserExitBattle {
        battle_id: BattleId,
        user_id: UserId,
        user_live_id: LiveId,
        reason: BattleExitReason,
    }
    /// Time is up; the result follows at `settles_at`.
    OnBattleSettling {
        battle_id: BattleId,
        ends_at: Timestamp,
        settles_at: Timestamp,
    }
    /// Carries final scores, ranking and outcome.
    OnBattleEnded {
        battle_info: BattleInfo,
    }
    OnBattlePenaltyStarted {
        battle_id: BattleId,
        loser_user_ids: Vec<UserId>,
        penalty_ends_at: Timestamp,
    }
    OnBattlePenaltyEnded {
        battle_id: BattleId,
        reason: PenaltyEndReason,
    }

    // --- chat, public
    OnTextMessage {
        message: TextMessage,
    }
    OnGift {
        message: GiftMessage,
    }
}

/// How loud somebody speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    pub user_id: UserId,
    /// 0 to 100.
    pub level: u8,
}

/// The newest values of a live; what is absent has not changed. At most 20 a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct Volatile {
    pub live_id: LiveId,
    /// Rises; a smaller one than the last is old news.
    pub rev: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle_score: Option<BattleScore>,
    /// Who has given the most so far, of the battle of `battle_score`; as in [`crate::BattleInfo`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle_contributors: Option<Vec<SideContributors>>,
    /// Total since the live started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewer_count: Option<u32>,
    /// Levels that changed, of speakers of this and connected lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Vec<Volume>>,
    /// Who came in since the last time, newest last; of a crowd, only the newest three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newcomers: Option<Vec<UserInfo>>,
}
