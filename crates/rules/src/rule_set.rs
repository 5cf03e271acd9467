//! The format of a rule set in a file.

use duelcast_protocol::{DurationMs, GiftId};
use serde::{Deserialize, Serialize};

/// The points that gifts give. Different rule sets must have different versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleSet {
    /// Part of each ledger entry. 1 to 64 bytes of ASCII letters, digits and `-_.`.
    pub version: String,
    pub tiers: TierMultipliers,
    /// Points of special effects by price. A price that is not listed gives 0 points.
    #[serde(default)]
    pub special_effects: Vec<SpecialEffect>,
    /// If several windows apply, the one with the highest percentage counts.
    #[serde(default)]
    pub windows: Vec<TimeWindow>,
    /// Most points that one giver may add in one battle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giver_cap: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_votes: Option<FreeVotes>,
}

/// Points for one coin, by tier.
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

/// A part of the battle in which gifts give more or fewer points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimeWindow {
    pub part: WindowPart,
    /// Length in milliseconds.
    pub span_ms: DurationMs,
    /// Percentage of the points; 200 doubles them. Rounded down to whole points.
    pub percent: u32,
}

/// The position of a time window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WindowPart {
    /// It begins with the battle.
    First,
    /// It ends with the battle.
    Last,
}

/// A gift without a price that counts a limited number of times for each giver. Time windows do not
/// change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FreeVotes {
    pub gift_id: GiftId,
    /// Points of one vote.
    pub points: u64,
    /// Most votes of one giver that count in one battle.
    pub max_per_giver: u32,
}
