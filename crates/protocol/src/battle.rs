//! Battles (PK): configuration, request, state and result.

use serde::{Deserialize, Serialize};

use crate::{BattleId, ConnectionId, DurationMs, LiveId, Timestamp, UserId, UserInfo, limits};

/// When a battle that asks for consent starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum StartWhen {
    /// When every invitee has accepted; one refusal ends the request.
    #[default]
    All,
    /// When every invitee has answered or timed out and at least one has accepted.
    Any,
}

/// How a battle is fought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct BattleConfig {
    /// 10 s to 60 min.
    #[cfg_attr(feature = "openapi", schema(value_type = u64, minimum = 10_000, maximum = 3_600_000))]
    pub duration_ms: DurationMs,
    /// False starts at once.
    pub need_response: bool,
    pub start_when: StartWhen,
    /// Opaque to the server; at most 2 KiB.
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub extension_info: String,
    /// How long scores from before the end are still counted after it; at most 60 s.
    #[cfg_attr(feature = "openapi", schema(value_type = u64, maximum = 60_000))]
    pub settle_ms: DurationMs,
    /// How long losers serve their penalty; at most 10 min. 0 is none.
    #[cfg_attr(feature = "openapi", schema(value_type = u64, maximum = 600_000))]
    pub penalty_ms: DurationMs,
    /// The exit of one participant ends the battle.
    pub end_when_one_left: bool,
    /// The connection ends with the battle (after the penalty).
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

/// Where a battle that has started stands. A battle that is still asked for is a [`BattleRequest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattlePhase {
    Running,
    /// Time is up; scores from before the end are still counted.
    Settling,
    /// The result is known; losers serve their penalty.
    Penalty,
    Ended,
}

/// Why a participant is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleExitReason {
    Exited,
    Disconnected,
    LeftConnection,
    LiveEnded,
}

/// One participant: the owner of a live. Kept, with the score, after an exit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleSide {
    pub live_id: LiveId,
    pub user: UserInfo,
    /// 0 to 2^53-1.
    pub score: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exited: Option<BattleExitReason>,
}

/// Why a battle is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleEndReason {
    TimeUp,
    AllExited,
    /// One left, and the battle was agreed to end then.
    OneLeft,
    EndedByService,
}

/// How a battle went for one participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum SideOutcome {
    Won,
    Lost,
    Draw,
    /// Left before the end.
    Exited,
}

/// One line of the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RankedSide {
    pub live_id: LiveId,
    pub user_id: UserId,
    /// Competition rank (1, 1, 3); who exited ranks after those who stayed.
    pub rank: u32,
    pub score: u64,
    pub outcome: SideOutcome,
}

/// Who gave points to a side, as the sources of its score updates say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contributor {
    /// `giverUserId` of the source.
    pub user_id: String,
    /// The last name that was given with it.
    pub user_name: String,
    /// Points of all adds that were not reversed; 1 to 2^53-1.
    pub score: u64,
}

/// Who gave the most to one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SideContributors {
    pub live_id: LiveId,
    /// By score, then by id; the first is the most valuable.
    pub contributors: Vec<Contributor>,
}

/// Who won. Computed by the server, by one rule: the highest score of those who stayed; equal highest is a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleResult {
    pub reason: BattleEndReason,
    pub is_draw: bool,
    /// By rank, then by the order of the sides.
    pub ranking: Vec<RankedSide>,
    /// The three who gave the most to each side to which somebody gave, in the order of the sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<SideContributors>,
    /// Versions of the gift rules that the ledger's entries name, in the order in which each first is; four at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule_versions: Vec<String>,
}

/// A battle that has started, until the next one starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleInfo {
    pub battle_id: BattleId,
    pub connection_id: ConnectionId,
    pub config: BattleConfig,
    pub phase: BattlePhase,
    /// Who asked for it.
    pub inviter_user_id: UserId,
    pub started_at: Timestamp,
    /// When time is up; earlier than start plus duration only if it was ended early.
    pub ends_at: Timestamp,
    /// When a penalty is over; present from its start on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty_ends_at: Option<Timestamp>,
    /// In the order of joining the connection.
    pub sides: Vec<BattleSide>,
    /// Rises with every score change, by one.
    pub score_rev: u64,
    /// The three who have given the most so far to each side to which somebody gave, in the order of the sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<SideContributors>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<BattleResult>,
}

/// The scores of a battle at one moment, as often as they change (at most 20 times a second).
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

/// What one invitee said to a battle request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleAnswer {
    Waiting,
    Accepted,
    Rejected,
    /// The inviter took the request to this user back.
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

/// A battle that is asked for and has not started. Private to the inviter and the invitees.
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

/// Why a battle request is over without a battle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BattleRequestEndReason {
    Cancelled,
    Rejected,
    TimedOut,
    /// The inviter left the connection, or nobody was left to fight.
    ConnectionEnded,
    /// Another battle started in the same connection.
    Superseded,
}

/// What became of one user of `requestBattle`. On the wire a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum BattleCode {
    Ok,
    /// The user's live is not in the caller's connection.
    RoomNotInConnection,
    /// The user is in a battle.
    InOtherBattle,
    /// A request that has this user in it is open.
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

/// Why a penalty is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PenaltyEndReason {
    TimeUp,
    /// The winner let the losers off.
    EndedByWinner,
    /// The next battle started, or the connection ended.
    Superseded,
    EndedByService,
}
