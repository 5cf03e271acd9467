//! Events of a live, and volatile values.
//!
//! A *public* event goes to the audience of a live and has a contiguous `seq`. A *private* event goes to its named
//! recipients and has no `seq`, so that other sockets see no gap.

use serde::{Deserialize, Serialize};

use crate::{
    BattleExitReason, BattleId, BattleInfo, BattleRequest, BattleRequestEndReason, BattleScore,
    CoHostInvitation, CoHostLeaveReason, CoHostLive, ConnectionId, GiftMessage, KickReason, LayoutTemplate,
    LiveEndReason, LiveId, LiveInfo, LiveSummary, PenaltyEndReason, RejectReason, SeatApplication, SeatInfo,
    SeatInvitation, SideContributors, TextMessage, Timestamp, UserId, UserInfo,
    wire::{FromWire, ToWire},
};

/// An event with its position in the stream of one live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct EventFrame {
    pub live_id: LiveId,
    /// Sequence number in the live's stream of public events, from 1. Absent in private events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    pub at: Timestamp,
    #[serde(flatten)]
    pub event: Event,
}

macro_rules! events {
    ($($(#[$doc:meta])* $event:ident { $($(#[$field_attr:meta])* $field:ident: $ty:ty,)* })*) => {
        /// An event. The names are those of the reference API.
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
    /// A seat holder or owner in this or a connected live is online again.
    OnUserOnline {
        user_id: UserId,
    }
    /// A seat holder or owner in this or a connected live lost the socket. Clients show the user as reconnecting.
    OnUserOffline {
        user_id: UserId,
    }

    // --- people, private
    /// To the user who was removed from the live. The subscription of the socket ends.
    OnKickedOutOfLive {
        reason: KickReason,
        /// The owner or admin who did it. Absent if a service did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<UserInfo>,
        /// When a ban ends. Absent for a kick and for a ban without an end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        banned_until: Option<Timestamp>,
    }
    /// To the owner, the admins and the user: the user was muted or unmuted.
    OnAudienceMessageDisabled {
        user_id: UserId,
        /// True if the user is muted: texts are refused. The name is the reference's.
        is_disable: bool,
    }

    // --- seats, public
    /// The changed seats of this and connected lives.
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
    /// To the user whom the owner or an admin removed from a seat.
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
    /// `connected` is the whole connection in order of joining. `seats` are those of the lives that are new
    /// to this live.
    OnCoHostUserJoined {
        connection_id: ConnectionId,
        layout_template: LayoutTemplate,
        joined_live_ids: Vec<LiveId>,
        connected: Vec<CoHostLive>,
        seats: Vec<SeatInfo>,
    }
    /// If `left_live_id` is this live, it is no longer in a connection.
    OnCoHostUserLeft {
        connection_id: ConnectionId,
        left_live_id: LiveId,
        reason: CoHostLeaveReason,
    }
    /// The other lives whose audio is muted in this live.
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
    /// This invitee did not answer before the timeout.
    OnBattleRequestTimeout {
        battle_id: BattleId,
        user_id: UserId,
    }
    /// The inviter cancelled the request to these users.
    OnBattleRequestCancelled {
        battle_id: BattleId,
        user_ids: Vec<UserId>,
    }
    /// The request ended without a battle.
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
    /// Time is up. The result follows at `settles_at`.
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

/// The volume of a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    pub user_id: UserId,
    /// 0 to 100.
    pub level: u8,
}

/// The newest values of a live, at most 20 times a second. Absent fields have not changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromWire, ToWire)]
#[serde(rename_all = "camelCase")]
pub struct Volatile {
    pub live_id: LiveId,
    /// Revision. Ignore values with a smaller one than the last.
    pub rev: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle_score: Option<BattleScore>,
    /// Top contributors of the battle of `battle_score`, as in [`crate::BattleInfo`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle_contributors: Option<Vec<SideContributors>>,
    /// Likes since the live started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewer_count: Option<u32>,
    /// Changed levels of speakers in this and connected lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Vec<Volume>>,
    /// Users who joined since the last message, newest last; at most [`crate::limits::MAX_NEWCOMERS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newcomers: Option<Vec<UserInfo>>,
}
