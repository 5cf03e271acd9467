//! Bodies of REST requests and responses that are not types of the socket protocol.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::limits;
use crate::{
    BattleConfig, BattleId, BattleInfo, BattleRequest, BattleScore, CoHostLeaveReason, CoHostLive,
    ConnectionId, DurationMs, GiftMessage, LiveEndReason, LiveId, LiveInfo, LiveSummary, PenaltyEndReason,
    SideContributors, Timestamp, UserId, strict,
};

/// The operation of a score update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ScoreOp {
    /// Adds each value, which may be negative, to its total. A total never falls below 0.
    Add,
    /// Replaces each total by its value.
    Set,
}

/// The reason of a score change, for the ledger. All fields are optional; texts have at most 64
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ScoreSource {
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$",
            max_length = 64
        )
    )]
    pub gift_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$",
            max_length = 64
        )
    )]
    pub giver_user_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$",
            max_length = 64
        )
    )]
    pub giver_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(maximum = 9_007_199_254_740_991_u64))]
    pub coins: Option<u64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$",
            max_length = 64
        )
    )]
    pub rule_version: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$",
            max_length = 64
        )
    )]
    pub note: String,
}

/// One line of a score update: by live or by its owner; exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScoreChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live_id: Option<LiveId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// −(2^53−1) to 2^53−1; not negative with `set`.
    pub value: i64,
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ScoreChange {}

/// By one of two names: no attribute says so.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ScoreChange {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{
            KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat,
            schema::{AdditionalProperties, SchemaType, Type},
        };
        let most = limits::MAX_SCORE as f64;
        let value = ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::Integer))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(-most))
            .maximum(Some(most))
            .description(Some("Not negative with `set`."))
            .build();
        let by = |name: &str, id, other: &str| {
            let nothing = ObjectBuilder::new().schema_type(SchemaType::new(Type::Null)).build();
            let names = ObjectBuilder::new().property(name, id).property(other, nothing);
            let line = names.property("value", value.clone()).required(name).required("value");
            line.additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false))).build()
        };
        OneOfBuilder::new()
            .item(by("liveId", LiveId::schema(), "userId"))
            .item(by("userId", UserId::schema(), "liveId"))
            .description(Some("One line of a score update: by live or by its owner; exactly one of the two."))
            .into()
    }
}

/// Body of `POST /v1/battles/{battleId}/scores`. Either all changes apply or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScoreUpdate {
    pub op: ScoreOp,
    /// When the gift was sent; now if absent. Changes from before `endsAt` count until settling is
    /// over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "strict::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = strict::schema::<ScoreSource>))]
    pub source: Option<ScoreSource>,
    /// `number` of the ledger entry to reverse. Then `op` must be `add`, with one change whose
    /// value is the negative of that entry's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<u64>,
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 9))]
    #[serde(deserialize_with = "strict::each")]
    pub scores: Vec<ScoreChange>,
}

/// Answer to a score update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScoreReply {
    #[serde(flatten)]
    pub score: BattleScore,
    /// `number`s of the ledger entries that this update added.
    pub entries: Vec<u64>,
}

/// An entry of a battle's ledger. Entries are never changed or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LedgerEntry {
    pub battle_id: BattleId,
    /// Number within the battle, from 1 without gaps.
    pub number: u64,
    pub live_id: LiveId,
    pub user_id: UserId,
    pub op: ScoreOp,
    pub value: i64,
    pub before: u64,
    pub after: u64,
    pub occurred_at: Timestamp,
    pub applied_at: Timestamp,
    /// Id of the API key that sent the update.
    pub key_id: String,
    pub idempotency_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ScoreSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<u64>,
}

/// One page of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LedgerPage {
    pub entries: Vec<LedgerEntry>,
    /// Hash of the last entry of this page and of all entries before it. A copy kept elsewhere
    /// detects changes.
    #[serde(default)]
    pub head: String,
    /// Empty at the end.
    pub cursor: String,
}

/// One page of the battles that have ended, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattlePage {
    pub battles: Vec<BattleInfo>,
    /// Empty at the end.
    pub cursor: String,
}

/// Answer to `GET /v1/battles/{battleId}/contributors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BattleContributors {
    pub battle_id: BattleId,
    /// All sides, in the order of the battle.
    pub sides: Vec<SideContributors>,
}

/// The battle status of a live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BattleStatus {
    /// No open request and no current battle. The last battle, if any, is still present.
    None,
    Pending,
    Running,
    Settling,
    Penalty,
}

/// Answer to `GET /v1/lives/{liveId}/battle`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LiveBattleStatus {
    pub live_id: LiveId,
    pub status: BattleStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle: Option<BattleInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<BattleRequest>,
    pub server_time: Timestamp,
    /// Milliseconds until `endsAt`; 0 if no battle is running.
    pub remaining_ms: DurationMs,
}

/// Body of `POST /v1/battles`. The battle between these connected lives starts at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartBattle {
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeSet<LiveId>, min_items = 2, max_items = 9))]
    pub live_ids: Vec<LiveId>,
    #[serde(default, deserialize_with = "strict::one")]
    #[cfg_attr(feature = "openapi", schema(schema_with = strict::schema::<BattleConfig>))]
    pub config: BattleConfig,
}

/// Body of `POST /v1/tokens`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MintToken {
    pub user_id: UserId,
    /// One line, without characters that change the writing direction.
    #[serde(default)]
    #[cfg_attr(
        feature = "openapi",
        schema(pattern = r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$", max_length = 64)
    )]
    pub user_name: String,
    /// Empty, or an http(s) address.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(pattern = r"^(https?://[\s\S]*)?$", max_length = 1024))]
    pub avatar_url: String,
    /// Whether the token allows to start lives.
    #[serde(default)]
    pub create_live: bool,
    /// Lifetime in milliseconds, 1 s to 24 h; 1 h if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1_000, maximum = 86_400_000))]
    pub ttl_ms: Option<DurationMs>,
}

/// Answer to `POST /v1/tokens`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MintedToken {
    pub token: String,
    pub user_id: UserId,
    pub expires_at: Timestamp,
}

/// Body of `PUT /v1/lives/{liveId}/bans/{userId}` and of `PUT /v1/bans/{userId}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BanOptions {
    /// Milliseconds, 1 s to 365 days. Without an end if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1_000, maximum = 31_536_000_000_u64))]
    pub duration_ms: Option<DurationMs>,
}

/// Body of `POST /v1/lives/{liveId}/kicks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KickUser {
    pub user_id: UserId,
}

/// Answer to `GET /v1/lives/{liveId}/mutes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MutedUsers {
    /// By id.
    pub user_ids: Vec<UserId>,
}

/// The event of a webhook. Its data have the types of the socket protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum WebhookEvent {
    #[serde(rename = "live.started")]
    LiveStarted { live: LiveInfo },
    #[serde(rename = "live.ended")]
    LiveEnded { live: LiveInfo, reason: LiveEndReason, summary: LiveSummary },
    #[serde(rename = "coHost.connected")]
    CoHostConnected { connection_id: ConnectionId, live_id: LiveId, connected: Vec<CoHostLive> },
    #[serde(rename = "coHost.disconnected")]
    CoHostDisconnected { connection_id: ConnectionId, live_id: LiveId, reason: CoHostLeaveReason },
    #[serde(rename = "battle.requested")]
    BattleRequested { request: BattleRequest },
    #[serde(rename = "battle.started")]
    BattleStarted { battle_info: BattleInfo },
    #[serde(rename = "battle.ended")]
    BattleEnded { battle_info: BattleInfo },
    #[serde(rename = "battle.penaltyEnded")]
    BattlePenaltyEnded { battle_id: BattleId, reason: PenaltyEndReason },
    #[serde(rename = "gift.sent")]
    GiftSent { live_id: LiveId, message: GiftMessage },
}

/// Body of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookMessage {
    /// The same in each attempt; also the `webhook-id` header.
    pub id: String,
    /// Sequence number on this server, without gaps.
    pub seq: u64,
    pub at: Timestamp,
    /// For each live concerned, the sequence number within that live, from 1 without gaps.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub live_seqs: BTreeMap<LiveId, u64>,
    #[serde(flatten)]
    pub event: WebhookEvent,
}
