//! The methods that a client may call: parameters, results, and whether they change state.
//!
//! A [`Unlogged`] is answered by the node that holds the socket. An [`Action`] becomes an entry of
//! the log. Each method is a struct of its parameters; [`Method`] binds it to its name and its
//! result.

use std::collections::BTreeMap;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeOwned},
};

use crate::{
    BannedUser, BannedUserPage, BattleCode, BattleConfig, BattleId, BattleInfo, BattleRequest, CoHostCode,
    DurationMs, EventFrame, Gift, GiftId, LayoutTemplate, LiveCard, LiveId, LiveSnapshot, LiveSummary,
    MoveSeatPolicy, PrivateState, RejectReason, SeatMode, Timestamp, UserId, UserInfo, Volatile, limits,
    members, strict,
};

/// A method. The implementing type holds the parameters.
pub trait Method: Serialize + DeserializeOwned {
    /// Name on the wire.
    const NAME: &'static str;
    /// The result of a successful call.
    type Reply: Serialize + DeserializeOwned + 'static;
}

/// A parameter that names a live, or may name one.
trait NamesLive {
    fn named(&self) -> Option<&LiveId>;
}

impl NamesLive for LiveId {
    fn named(&self) -> Option<&LiveId> {
        Some(self)
    }
}

impl NamesLive for Option<LiveId> {
    fn named(&self) -> Option<&LiveId> {
        self.as_ref()
    }
}

/// `liveId` is the first parameter of every method that has it.
macro_rules! live_of {
    ($params:ident live_id $($others:ident)*) => {
        $params.live_id.named()
    };
    ($params:ident $($others:ident)*) => {
        None
    };
}

macro_rules! methods {
    (
        $(#[$enum_doc:meta])* $enum:ident {
            $($(#[$doc:meta])* $method:ident = $name:literal -> $reply:ty {
                $($(#[$field_attr:meta])* $field:ident : $ty:ty),* $(,)?
            })*
        }
    ) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $method { $($(#[$field_attr])* pub $field: $ty,)* }

            impl Method for $method {
                const NAME: &'static str = $name;
                type Reply = $reply;
            }

            impl From<$method> for $enum {
                fn from(params: $method) -> Self { Self::$method(params) }
            }
        )*

        $(#[$enum_doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "method", content = "params")]
        pub enum $enum { $($(#[$doc])* #[serde(rename = $name)] $method($method),)* }

        impl $enum {
            /// Names of all methods of this kind.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// Name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$method(_) => $name,)* }
            }

            /// The `liveId` parameter, if the method has one.
            #[must_use]
            pub fn live_id(&self) -> Option<&LiveId> {
                match self { $(Self::$method(_params) => live_of!(_params $($field)*),)* }
            }

            /// Decodes the parameters of the method with this name; `None` if there is no such
            /// method of this kind. Only an object is taken, without unknown members.
            pub fn decode<'de, D: serde::Deserializer<'de>>(name: &str, params: D) -> Option<Result<Self, D::Error>> {
                Some(match name {
                    $($name => strict::one(params).map(Self::$method),)*
                    _ => return None,
                })
            }
        }
    };
}

methods! {
    /// A method that does not change the realm and goes past the log. Answered by the node that
    /// holds the socket.
    Unlogged {
        /// Must be the first request on a socket, within 5 s. The token is a JWT.
        Login = "login" -> LoginReply { token: String }
        /// Keeps the socket alive and measures the clock.
        Ping = "ping" -> PingReply {}
        /// One page of the public lives, newest first.
        FetchLiveList = "fetchLiveList" -> LiveListPage {
            /// Empty for the first page, else the cursor of the page before.
            #[serde(default)] cursor: String,
            /// 1 to 50; 20 by default.
            #[serde(default = "default_list_count")] count: u32,
        }
        FetchLiveInfo = "fetchLiveInfo" -> LiveCard { live_id: LiveId }
        /// Subscribes this socket to a live.
        JoinLive = "joinLive" -> JoinReply {
            live_id: LiveId,
            #[serde(default, deserialize_with = "strict::optional", skip_serializing_if = "Option::is_none")]
            resume: Option<ResumeFrom>,
        }
        /// Ends the subscription. The user keeps a seat until `leaveSeat`.
        LeaveLive = "leaveLive" -> Done { live_id: LiveId }
        /// Public lives other than the caller's, newest first.
        GetCoHostCandidates = "getCoHostCandidates" -> LiveListPage {
            live_id: LiveId,
            #[serde(default)] cursor: String,
        }
        /// Bans of the live, by user id. For the owner and admins only.
        FetchBannedUsers = "fetchBannedUsers" -> BannedUserPage {
            live_id: LiveId,
            #[serde(default)] cursor: String,
            /// 1 to 50; 20 by default.
            #[serde(default = "default_list_count")] count: u32,
        }
        /// The audience, by user id. Only for sockets that have joined the live.
        FetchAudienceList = "fetchAudienceList" -> AudiencePage {
            live_id: LiveId,
            #[serde(default)] cursor: String,
            /// 1 to 50; 20 by default.
            #[serde(default = "default_list_count")] count: u32,
        }
        SendLike = "sendLike" -> Done { live_id: LiveId, count: u32 }
        /// The caller's volume, 0 to 100. Only from a seat with an open microphone.
        ReportVolume = "reportVolume" -> Done { live_id: LiveId, level: u8 }
        FetchGiftCatalogue = "fetchGiftCatalogue" -> GiftCatalogue {}
    }
}

methods! {
    /// A method that changes the realm. Becomes an entry of the log.
    Action {
        /// Starts a live and subscribes this socket to it. The caller takes seat 0, unless seated
        /// elsewhere.
        CreateLive = "createLive" -> LiveSnapshot {
            #[serde(default, skip_serializing_if = "Option::is_none")] live_id: Option<LiveId>,
            live_name: String,
            #[serde(default)] cover_url: String,
            #[serde(default)] notice: String,
            #[serde(default = "yes")] is_public_visible: bool,
            #[serde(default = "default_seat_count")] max_seat_count: u16,
            #[serde(default)] seat_mode: SeatMode,
        }
        /// Changes the fields that are present. For the owner only.
        UpdateLiveInfo = "updateLiveInfo" -> Done {
            live_id: LiveId,
            #[serde(default, skip_serializing_if = "Option::is_none")] live_name: Option<String>,
            #[serde(default, skip_serializing_if = "Option::is_none")] cover_url: Option<String>,
            #[serde(default, skip_serializing_if = "Option::is_none")] notice: Option<String>,
            #[serde(default, skip_serializing_if = "Option::is_none")] is_public_visible: Option<bool>,
            #[serde(default, skip_serializing_if = "Option::is_none")] seat_mode: Option<SeatMode>,
            #[serde(default, skip_serializing_if = "Option::is_none")] admin_user_ids: Option<Vec<UserId>>,
        }
        EndLive = "endLive" -> LiveSummary { live_id: LiveId }

        TakeSeat = "takeSeat" -> SeatReply {
            live_id: LiveId,
            /// The seat; any free one if absent.
            #[serde(default, skip_serializing_if = "Option::is_none")] index: Option<u16>,
        }
        LeaveSeat = "leaveSeat" -> Done { live_id: LiveId }
        LockSeat = "lockSeat" -> Done { live_id: LiveId, index: u16 }
        UnlockSeat = "unlockSeat" -> Done { live_id: LiveId, index: u16 }
        KickUserOutOfSeat = "kickUserOutOfSeat" -> Done { live_id: LiveId, user_id: UserId }
        /// Users move themselves; the owner and admins move every user on a seat of their live.
        MoveUserToSeat = "moveUserToSeat" -> Done {
            live_id: LiveId,
            user_id: UserId,
            index: u16,
            #[serde(default)] policy: MoveSeatPolicy,
        }
        ApplyForSeat = "applyForSeat" -> Done {
            live_id: LiveId,
            #[serde(default, skip_serializing_if = "Option::is_none")] index: Option<u16>,
            #[serde(default = "default_timeout")] timeout_ms: DurationMs,
        }
        CancelApplication = "cancelApplication" -> Done { live_id: LiveId }
        AcceptApplication = "acceptApplication" -> SeatReply { live_id: LiveId, user_id: UserId }
        RejectApplication = "rejectApplication" -> Done { live_id: LiveId, user_id: UserId }
        InviteToSeat = "inviteToSeat" -> Done {
            live_id: LiveId,
            user_id: UserId,
            #[serde(default, skip_serializing_if = "Option::is_none")] index: Option<u16>,
            #[serde(default = "default_timeout")] timeout_ms: DurationMs,
        }
        CancelInvitation = "cancelInvitation" -> Done { live_id: LiveId, user_id: UserId }
        AcceptInvitation = "acceptInvitation" -> SeatReply { live_id: LiveId }
        RejectInvitation = "rejectInvitation" -> Done { live_id: LiveId }
        MuteMicrophone = "muteMicrophone" -> Done { live_id: LiveId }
        UnmuteMicrophone = "unmuteMicrophone" -> Done { live_id: LiveId }
        /// Allows a user's microphone again. Only the user can open it.
        OpenRemoteMicrophone = "openRemoteMicrophone" -> Done { live_id: LiveId, user_id: UserId }
        /// Closes a user's microphone and forbids to open it.
        CloseRemoteMicrophone = "closeRemoteMicrophone" -> Done { live_id: LiveId, user_id: UserId }

        /// Removes a user from the live. The user may join again. The owner may kick all users,
        /// admins the audience.
        KickUserOutOfRoom = "kickUserOutOfRoom" -> Done { live_id: LiveId, user_id: UserId }
        /// Bans a user from the live, for a time or until `unbanUser`. A banned admin loses the
        /// admin rights.
        BanUser = "banUser" -> BannedUser {
            live_id: LiveId,
            user_id: UserId,
            /// Milliseconds, 1 s to 365 days. Without an end if absent.
            #[serde(default, skip_serializing_if = "Option::is_none")] duration_ms: Option<DurationMs>,
        }
        UnbanUser = "unbanUser" -> Done { live_id: LiveId, user_id: UserId }
        /// Mutes (`isDisable` true) or unmutes (false) a user: whether texts are refused. The name
        /// is the reference's.
        DisableSendMessage = "disableSendMessage" -> Done { live_id: LiveId, user_id: UserId, is_disable: bool }

        RequestHostConnection = "requestHostConnection" -> HostConnectionReply {
            live_id: LiveId,
            target_hosts: Vec<LiveId>,
            #[serde(default = "default_layout")] layout_template: LayoutTemplate,
            #[serde(default = "default_timeout")] timeout_ms: DurationMs,
            #[serde(default)] extra_info: String,
            /// A battle that starts when all these invitations are settled and at least one was
            /// accepted.
            #[serde(default, deserialize_with = "strict::optional", skip_serializing_if = "Option::is_none")]
            battle: Option<BattleConfig>,
        }
        CancelHostConnection = "cancelHostConnection" -> Done { live_id: LiveId, to_host_live_id: LiveId }
        AcceptHostConnection = "acceptHostConnection" -> Done { live_id: LiveId, from_host_live_id: LiveId }
        RejectHostConnection = "rejectHostConnection" -> Done {
            live_id: LiveId,
            from_host_live_id: LiveId,
            #[serde(default)] reason: RejectReason,
        }
        ExitHostConnection = "exitHostConnection" -> Done { live_id: LiveId }
        /// Mutes another live of the connection for the audience of the caller's live.
        MuteRemoteHostAudio = "muteRemoteHostAudio" -> Done {
            live_id: LiveId,
            target_live_id: LiveId,
            is_muted: bool,
        }

        RequestBattle = "requestBattle" -> BattleReply {
            live_id: LiveId,
            user_id_list: Vec<UserId>,
            #[serde(default, deserialize_with = "strict::one")] config: BattleConfig,
            #[serde(default = "default_timeout")] timeout_ms: DurationMs,
        }
        CancelBattleRequest = "cancelBattleRequest" -> Done {
            live_id: LiveId,
            battle_id: BattleId,
            /// All invitees if absent.
            #[serde(default, skip_serializing_if = "Option::is_none")] user_id_list: Option<Vec<UserId>>,
        }
        AcceptBattle = "acceptBattle" -> Done { live_id: LiveId, battle_id: BattleId }
        RejectBattle = "rejectBattle" -> Done {
            live_id: LiveId,
            battle_id: BattleId,
            #[serde(default)] reason: RejectReason,
        }
        ExitBattle = "exitBattle" -> Done { live_id: LiveId, battle_id: BattleId }
        /// Ends the penalty early. For winners only.
        EndPenalty = "endPenalty" -> Done { live_id: LiveId, battle_id: BattleId }

        SendGift = "sendGift" -> Done {
            live_id: LiveId,
            gift_id: GiftId,
            count: u32,
            /// A user on a seat, or the owner of a connected live. The live's owner if absent.
            #[serde(default, skip_serializing_if = "Option::is_none")] to_user_id: Option<UserId>,
        }
        SendTextMessage = "sendTextMessage" -> Done { live_id: LiveId, text: String }
    }
}

fn default_list_count() -> u32 {
    limits::DEFAULT_LIST_COUNT
}
fn default_seat_count() -> u16 {
    limits::DEFAULT_SEATS_PER_LIVE
}
fn default_timeout() -> DurationMs {
    limits::MAX_INVITATION_TIMEOUT_MS
}
fn default_layout() -> LayoutTemplate {
    1
}
fn yes() -> bool {
    true
}

/// A decoded request.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    Unlogged(Unlogged),
    Action(Action),
}

impl Request {
    /// Decodes the parameters of the method with this name; `None` if there is no such method.
    pub fn decode<'de, D: serde::Deserializer<'de>>(name: &str, params: D) -> Option<Result<Self, D::Error>> {
        if Unlogged::NAMES.contains(&name) {
            Unlogged::decode(name, params).map(|request| request.map(Self::Unlogged))
        } else {
            Action::decode(name, params).map(|action| action.map(Self::Action))
        }
    }
}

/// The empty result `{}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Done {}

/// Result of `login`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginReply {
    pub user_id: UserId,
    pub user_name: String,
    pub avatar_url: String,
    pub can_create_live: bool,
    pub server_time: Timestamp,
    /// Identifies the history of this server. The history of a live is identified in its snapshot.
    pub epoch: String,
    pub limits: ServerLimits,
}

/// Limits and intervals that a client must respect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerLimits {
    pub ping_interval_ms: DurationMs,
    pub silence_timeout_ms: DurationMs,
    pub grace_ms: DurationMs,
    pub max_frame_bytes: u32,
    pub max_lives_per_connection: u32,
    pub max_seats_per_live: u32,
}

/// Result of `ping`. `server_time` serves to measure the clock offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PingReply {
    pub server_time: Timestamp,
}

/// One page of lives, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LiveListPage {
    pub lives: Vec<LiveCard>,
    /// Empty at the end.
    pub cursor: String,
}

/// One page of the audience, by user id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AudiencePage {
    pub users: Vec<UserInfo>,
    /// Empty at the end.
    pub cursor: String,
}

/// All gifts that can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GiftCatalogue {
    pub gifts: Vec<Gift>,
}

/// The seat that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatReply {
    pub index: u16,
}

/// Result of `requestHostConnection`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HostConnectionReply {
    /// One code for each target.
    pub results: BTreeMap<LiveId, CoHostCode>,
}

/// Result of `requestBattle`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BattleReply {
    pub battle_id: BattleId,
    /// The battle, if it started at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle_info: Option<BattleInfo>,
    /// The request, if consent is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<BattleRequest>,
    /// One code for each user asked.
    pub results: BTreeMap<UserId, BattleCode>,
}

/// The position of a client in the stream of a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeFrom {
    pub epoch: String,
    /// `seq` of the last public event that the client has applied.
    pub seq: u64,
}

/// The events that a client missed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resumed {
    /// Always true. Distinguishes this type from a snapshot.
    pub resumed: bool,
    /// Contiguous public events, from the `seq` after the client's.
    pub events: Vec<EventFrame>,
    /// Replaces the client's private state.
    pub private: PrivateState,
    /// The newest values.
    pub volatile: Volatile,
    pub server_time: Timestamp,
}

/// Answer to `joinLive`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "read once after a reconnect, and moved on at once")]
pub enum JoinReply {
    Resumed(Resumed),
    Snapshot(Box<LiveSnapshot>),
}

/// The member `resumed` tells which of the two it is. The format must be JSON.
impl<'de> Deserialize<'de> for JoinReply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Envelope {
            #[serde(default)]
            resumed: bool,
        }
        let json = members::raw(deserializer)?;
        let Envelope { resumed } = serde_json::from_str(json.get()).map_err(de::Error::custom)?;
        let reply = if resumed {
            serde_json::from_str(json.get()).map(Self::Resumed)
        } else {
            serde_json::from_str(json.get()).map(Self::Snapshot)
        };
        reply.map_err(de::Error::custom)
    }
}
