//! Battles (PK): configuration, request, state and result.

use serde::{Deserialize, Serialize};

use crate::{BattleId, ConnectionId, DurationMs, LiveId, Timestamp, UserId, UserInfo, limits};

/// The start condition of a battle that needs consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum StartWhen {
    /// All invitees have accepted. One refusal ends the request.
    #[default]
    All,
    /// All invitees have answered or timed out, and at least one has accepted.
    Any,
}

/// The configuration of a battle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct BattleConfig {
    /// Milliseconds from start to end: 10 s to 60 min.
    #[cfg_attr(feature = "openapi", schema(value_type = u64, minimum = 10_000, maximum = 3_600_000))]
    pub duration_ms: DurationMs,
    /// Whether invitees must accept. If false, the battle starts at once.
    pub need_response: bool,
    pub start_when: StartWhen,
    /// Opaque to the server; at most 2 KiB.
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub extension_info: String,
    /// Milliseconds after the end in which scores with an earlier `occurredAt` still count; at most
    /// 60 s.
    #[cfg_attr(feature = "openapi", schema(value_type = u64, maximum = 60_000))]
    pub settle_ms: DurationMs,
    /// Duration of the penalty in milliseconds; at most 10 min. 0 for none.
    #[cfg_attr(feature = "openapi", schema(value_type = u64, maximum = 600_000))]
    pub penalty_ms: DurationMs,
    /// Whether the battle ends when one side is left.
    pub end_when_one_left: bool,
    /// Whether the sides leave their connection after the battle and its penalty.
    pub disconnect_after: bool,
}

impl Default for BattleConfig {
    fn default() -> Self {
        Self {
            duration_ms: limits::DEFAULT_BATTLE_DURATION_MS,
            need_response: true,
            start_when: StartWhen::All,
            extension_info: String::new(),
            settle_ms: 0,
            penalty_ms: 0,
            end_when_one_left: false,
            disconnect_after: false,
        }
    }
}

/// The phase of a battle that has started. A battle that awaits consent is a [`BattleRequest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattlePhase {
    Running,
    /// Time is up. Scores with an earlier `occurredAt` still count.
    Settling,
    /// The result is known, and the penalty of the losers runs.
    Penalty,
    Ended,
}

/// Why a side left a battle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleExitReason {
    Exited,
    Disconnected,
    LeftConnection,
    LiveEnded,
}

/// A participant: a live and its owner. The side and its score stay after an exit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleSide {
    pub live_id: LiveId,
    pub user: UserInfo,
    /// Total in points, 0 to 2^53-1.
    pub score: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exited: Option<BattleExitReason>,
}

/// Why a battle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleEndReason {
    TimeUp,
    AllExited,
    /// One side was left, and the configuration says that this ends the battle.
    OneLeft,
    EndedByService,
}

/// The outcome of a battle for one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum SideOutcome {
    Won,
    Lost,
    Draw,
    /// The side left before the end.
    Exited,
}

/// One line of the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RankedSide {
    pub live_id: LiveId,
    pub user_id: UserId,
    /// Competition rank (1, 1, 3). Sides that left rank after those that stayed.
    pub rank: u32,
    pub score: u64,
    pub outcome: SideOutcome,
}

/// A user who gave points to a side, according to the sources of its score updates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contributor {
    /// `giverUserId` of the source.
    pub user_id: String,
    /// The last non-empty `giverName` with this id.
    pub user_name: String,
    /// Sum in points of all adds that were not reversed; 1 to 2^53-1.
    pub score: u64,
}

/// The top contributors of one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SideContributors {
    pub live_id: LiveId,
    /// By score, highest first, then by id.
    pub contributors: Vec<Contributor>,
}

/// The result of a battle. The highest score among the sides that stayed wins; equal highest scores
/// are a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleResult {
    pub reason: BattleEndReason,
    pub is_draw: bool,
    /// By rank, then by the order of the sides.
    pub ranking: Vec<RankedSide>,
    /// The top three contributors of each side that has any, in the order of the sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<SideContributors>,
    /// Versions of the gift rules that the ledger's entries name, in order of first use; at most
    /// four.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule_versions: Vec<String>,
}

/// The state of a battle that has started. A live shows it until the next one starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleInfo {
    pub battle_id: BattleId,
    pub connection_id: ConnectionId,
    pub config: BattleConfig,
    pub phase: BattlePhase,
    /// The owner who requested it, or the owner of the first live if a service started it.
    pub inviter_user_id: UserId,
    pub started_at: Timestamp,
    /// When time is up. Earlier than start plus duration only if the battle ended early.
    pub ends_at: Timestamp,
    /// When the penalty ends. Present from its start on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty_ends_at: Option<Timestamp>,
    /// In order of joining the connection.
    pub sides: Vec<BattleSide>,
    /// Revision of the scores. Rises by one with each score update.
    pub score_rev: u64,
    /// The current top three contributors of each side that has any, in the order of the sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<SideContributors>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<BattleResult>,
}

/// The scores of a battle, sent when they change, at most 20 times a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleScore {
    pub battle_id: BattleId,
    pub score_rev: u64,
    pub scores: Vec<SideScore>,
}

/// The score of one participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SideScore {
    pub live_id: LiveId,
    pub user_id: UserId,
    pub score: u64,
}

/// The answer of one invitee to a battle request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleAnswer {
    Waiting,
    Accepted,
    Rejected,
    /// The inviter cancelled the request to this user.
    Cancelled,
    TimedOut,
}

/// One invitee of a battle request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleInvitee {
    pub live_id: LiveId,
    pub user: UserInfo,
    pub answer: BattleAnswer,
}

/// A battle that awaits consent. Private to the inviter and the invitees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleRequest {
    pub battle_id: BattleId,
    pub inviter: UserInfo,
    pub inviter_live_id: LiveId,
    pub invitees: Vec<BattleInvitee>,
    pub config: BattleConfig,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Why a battle request ended without a battle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BattleRequestEndReason {
    Cancelled,
    Rejected,
    TimedOut,
    /// The inviter left the connection, or no invitee was left in it.
    ConnectionEnded,
    /// Another battle started in the same connection.
    Superseded,
}

/// The result of `requestBattle` for one user. A number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum BattleCode {
    Ok,
    /// The user's live is not in the caller's connection.
    RoomNotInConnection,
    /// The user is in a battle.
    InOtherBattle,
    /// A request that the user has sent is open, or the call was merged into another request.
    PendingRequest,
}

impl From<BattleCode> for u32 {
    fn from(code: BattleCode) -> u32 {
        match code {
            BattleCode::Ok => 0,
            BattleCode::RoomNotInConnection => 100_400,
            BattleCode::InOtherBattle => 100_415,
            BattleCode::PendingRequest => 100_416,
        }
    }
}

impl TryFrom<u32> for BattleCode {
    type Error = &'static str;
    fn try_from(number: u32) -> Result<Self, &'static str> {
        Ok(match number {
            0 => Self::Ok,
            100_400 => Self::RoomNotInConnection,
            100_415 => Self::InOtherBattle,
            100_416 => Self::PendingRequest,
            _ => return Err("a number that is no battle result code"),
        })
    }
}

/// Why a penalty ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PenaltyEndReason {
    TimeUp,
    /// The winner ended it early.
    EndedByWinner,
    /// The next battle started, or the connection ended.
    Superseded,
    EndedByService,
}
