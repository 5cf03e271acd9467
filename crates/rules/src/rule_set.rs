//! The shape of a rule set, as it stands in a file.

use duelcast_protocol::{DurationMs, GiftId};
use serde::{Deserialize, Serialize};

/// What gifts are worth. Two rule sets that differ have different versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleSet {
    /// Named in every ledger entry; 1 to 64 bytes of ASCII letters, digits and `-_.`.
    pub version: String,
    pub tiers: TierMultipliers,
    /// What a special effect counts, by its price; one with another price counts nothing.
    #[serde(default)]
    pub special_effects: Vec<SpecialEffect>,
    /// Where several apply, the one with the highest percentage does.
    #[serde(default)]
    pub windows: Vec<TimeWindow>,
    /// Points that one giver may add in one battle, at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giver_cap: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_votes: Option<FreeVotes>,
}

/// Points a coin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TierMultipliers {
    pub basic: u32,
    pub intermediate: u32,
    pub advanced: u32,
}

/// Points of one special effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SpecialEffect {
    pub coins: u32,
    pub points: u64,
}

/// A part of the battle in which gifts count for more or less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimeWindow {
    pub part: WindowPart,
    /// How long it is.
    pub span_ms: DurationMs,
    /// 200 doubles. Parts of a point are dropped.
    pub percent: u32,
}

/// Where a time window lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WindowPart {
    /// From the start of the battle.
    First,
    /// Up to its end.
    Last,
}

/// A gift that costs nothing and counts a few times for each giver. No time window changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FreeVotes {
    pub gift_id: GiftId,
    /// Points of one vote.
    pub points: u64,
    /// Votes of one giver that count in one battle.
    pub max_per_giver: u32,
}
