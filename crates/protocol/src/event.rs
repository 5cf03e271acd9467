//! Events of a live, and volatile values.
//!
//! A *public* event goes to the audience of a live and has a contiguous `seq`. A *private* event
//! goes to its named recipients and has no `seq`, so that other sockets see no gap.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::members::Members;
use crate::{
    BattleExitReason, BattleId, BattleInfo, BattleRequest, BattleRequestEndReason, BattleScore,
    CoHostInvitation, CoHostLeaveReason, CoHostLive, ConnectionId, GiftMessage, KickReason, LayoutTemplate,
    LiveEndReason, LiveId, LiveInfo, LiveSummary, PenaltyEndReason, RejectReason, SeatApplication, SeatInfo,
    SeatInvitation, SideContributors, TextMessage, Timestamp, UserId, UserInfo,
};

/// An event with its position in the stream of one live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    ($($(#[$doc:meta])* $event:ident = $name:literal { $($(#[$field_attr:meta])* $field:ident: $ty:ty,)* })*) => {
        /// An event. The names are those of the reference API.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "type", rename_all_fields = "camelCase")]
        pub enum Event {
            $($(#[$doc])* #[serde(rename = $name)] $event { $($(#[$field_attr])* $field: $ty,)* },)*
            /// An event of a later version of the protocol, which this one does not know. It
            /// changes nothing but `seq`.
            #[serde(rename = "unknown")]
            Unknown {},
        }

        impl Event {
            /// Names of all events that this version knows.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// Reads the event with this name from the members of its frame.
            fn from_members(name: &str, members: &Members) -> Result<Self, serde_json::Error> {
                Ok(match name {
                    $($name => Self::$event { $($field: members.field(stringify!($field))?,)* },)*
                    _ => Self::Unknown {},
                })
            }
        }
    };
}

/// The format must be JSON.
impl<'de> Deserialize<'de> for EventFrame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Members::deserialize(deserializer)?;
        let read = || {
            let event = Event::from_members(&members.get::<String>("type")?, &members)?;
            Ok(Self {
                live_id: members.get("liveId")?,
                seq: members.get("seq")?,
                at: members.get("at")?,
                event,
            })
        };
        read().map_err(|error: serde_json::Error| de::Error::custom(error))
    }
}

events! {
    // --- live, public
    OnLiveEnded = "onLiveEnded" {
        reason: LiveEndReason,
        summary: LiveSummary,
    }
    OnLiveInfoChanged = "onLiveInfoChanged" {
        live: LiveInfo,
    }
    /// A seat holder or owner in this or a connected live is online again.
    OnUserOnline = "onUserOnline" {
        user_id: UserId,
    }
    /// A seat holder or owner in this or a connected live lost the socket. Clients show the user as
    /// reconnecting.
    OnUserOffline = "onUserOffline" {
        user_id: UserId,
    }

    // --- people, private
    /// To the user who was removed from the live. The subscription of the socket ends.
    OnKickedOutOfLive = "onKickedOutOfLive" {
        reason: KickReason,
        /// The owner or admin who did it. Absent if a service did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<UserInfo>,
        /// When a ban ends. Absent for a kick and for a ban without an end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        banned_until: Option<Timestamp>,
    }
    /// To the owner, the admins and the user: the user was muted or unmuted.
    OnAudienceMessageDisabled = "onAudienceMessageDisabled" {
        user_id: UserId,
        /// True if the user is muted: texts are refused. The name is the reference's.
        is_disable: bool,
    }

    // --- seats, public
    /// The changed seats of this and connected lives.
    OnSeatListChanged = "onSeatListChanged" {
        seats: Vec<SeatInfo>,
    }

    // --- seats, private
    /// To the owner, the admins and the applicant.
    OnSeatApplicationReceived = "onSeatApplicationReceived" {
        application: SeatApplication,
    }
    /// To the owner, the admins and the applicant.
    OnSeatApplicationCancelled = "onSeatApplicationCancelled" {
        user_id: UserId,
    }
    OnSeatApplicationAccepted = "onSeatApplicationAccepted" {
        user_id: UserId,
        index: u16,
    }
    OnSeatApplicationRejected = "onSeatApplicationRejected" {
        user_id: UserId,
    }
    OnSeatApplicationTimeout = "onSeatApplicationTimeout" {
        user_id: UserId,
    }
    /// To the invited user, the owner and the admins.
    OnSeatInvitationReceived = "onSeatInvitationReceived" {
        invitation: SeatInvitation,
    }
    OnSeatInvitationCancelled = "onSeatInvitationCancelled" {
        user_id: UserId,
    }
    OnSeatInvitationAccepted = "onSeatInvitationAccepted" {
        user_id: UserId,
        index: u16,
    }
    OnSeatInvitationRejected = "onSeatInvitationRejected" {
        user_id: UserId,
    }
    OnSeatInvitationTimeout = "onSeatInvitationTimeout" {
        user_id: UserId,
    }
    /// To the user whom the owner or an admin removed from a seat.
    OnKickedOffSeat = "onKickedOffSeat" {
        index: u16,
    }

    // --- co-hosting, private: to the owners of both lives (`Sent` to the inviter, `Received` to
    // the other)
    OnCoHostRequestSent = "onCoHostRequestSent" {
        invitation: CoHostInvitation,
    }
    OnCoHostRequestReceived = "onCoHostRequestReceived" {
        invitation: CoHostInvitation,
    }
    OnCoHostRequestCancelled = "onCoHostRequestCancelled" {
        from_live_id: LiveId,
        to_live_id: LiveId,
    }
    OnCoHostRequestAccepted = "onCoHostRequestAccepted" {
        from_live_id: LiveId,
        to_live_id: LiveId,
    }
    OnCoHostRequestRejected = "onCoHostRequestRejected" {
        from_live_id: LiveId,
        to_live_id: LiveId,
        reason: RejectReason,
    }
    OnCoHostRequestTimeout = "onCoHostRequestTimeout" {
        from_live_id: LiveId,
        to_live_id: LiveId,
    }

    // --- co-hosting, public
    /// `connected` is the whole connection in order of joining. `seats` are those of the lives that
    /// are new to this live.
    OnCoHostUserJoined = "onCoHostUserJoined" {
        connection_id: ConnectionId,
        layout_template: LayoutTemplate,
        joined_live_ids: Vec<LiveId>,
        connected: Vec<CoHostLive>,
        seats: Vec<SeatInfo>,
    }
    /// If `left_live_id` is this live, it is no longer in a connection.
    OnCoHostUserLeft = "onCoHostUserLeft" {
        connection_id: ConnectionId,
        left_live_id: LiveId,
        reason: CoHostLeaveReason,
    }
    /// The other lives whose audio is muted in this live.
    OnRemoteHostAudioChanged = "onRemoteHostAudioChanged" {
        muted_live_ids: Vec<LiveId>,
    }

    // --- battle requests, private: to the inviter and all invitees (`Sent` to the inviter,
    // `Received` to the others)
    OnBattleRequestSent = "onBattleRequestSent" {
        request: BattleRequest,
    }
    OnBattleRequestReceived = "onBattleRequestReceived" {
        request: BattleRequest,
    }
    OnBattleRequestAccepted = "onBattleRequestAccepted" {
        battle_id: BattleId,
        user_id: UserId,
    }
    OnBattleRequestRejected = "onBattleRequestRejected" {
        battle_id: BattleId,
        user_id: UserId,
        reason: RejectReason,
    }
    /// This invitee did not answer before the timeout.
    OnBattleRequestTimeout = "onBattleRequestTimeout" {
        battle_id: BattleId,
        user_id: UserId,
    }
    /// The inviter cancelled the request to these users.
    OnBattleRequestCancelled = "onBattleRequestCancelled" {
        battle_id: BattleId,
        user_ids: Vec<UserId>,
    }
    /// The request ended without a battle.
    OnBattleRequestEnded = "onBattleRequestEnded" {
        battle_id: BattleId,
        reason: BattleRequestEndReason,
    }

    // --- battle, public
    OnBattleStarted = "onBattleStarted" {
        battle_info: BattleInfo,
    }
    OnUserExitBattle = "onUserExitBattle" {
        battle_id: BattleId,
        user_id: UserId,
        user_live_id: LiveId,
        reason: BattleExitReason,
    }
    /// Time is up. The result follows at `settles_at`.
    OnBattleSettling = "onBattleSettling" {
        battle_id: BattleId,
        ends_at: Timestamp,
        settles_at: Timestamp,
    }
    /// Carries final scores, ranking and outcome.
    OnBattleEnded = "onBattleEnded" {
        battle_info: BattleInfo,
    }
    OnBattlePenaltyStarted = "onBattlePenaltyStarted" {
        battle_id: BattleId,
        loser_user_ids: Vec<UserId>,
        penalty_ends_at: Timestamp,
    }
    OnBattlePenaltyEnded = "onBattlePenaltyEnded" {
        battle_id: BattleId,
        reason: PenaltyEndReason,
    }

    // --- chat, public
    OnTextMessage = "onTextMessage" {
        message: TextMessage,
    }
    OnGift = "onGift" {
        message: GiftMessage,
    }
}

/// The volume of a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Volume {
    pub user_id: UserId,
    /// 0 to 100.
    pub level: u8,
}

/// The newest values of a live, at most 20 times a second. Absent fields have not changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Levels of the seats that are heard: those of this live and of connected ones. A level without
    /// a report for 2 s is 0, and 0 is told for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Vec<Volume>>,
    /// Users who joined since the last message, newest last; at most
    /// [`crate::limits::MAX_NEWCOMERS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newcomers: Option<Vec<UserInfo>>,
}
