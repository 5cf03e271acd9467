//! The default rules.

use crate::{RuleSet, SpecialEffect, TierMultipliers};

/// Special effects: price in coins, and points.
const SPECIAL_EFFECTS: [(u32, u64); 4] = [(10, 50), (50, 400), (100, 1_200), (520, 1_314)];

impl RuleSet {
    /// The reference's table: 5, 8 and 12 points for a coin of a basic, intermediate and advanced
    /// gift; a fixed score for special effects.
    #[must_use]
    pub fn reference() -> Self {
        Self {
            version: "reference-1".to_owned(),
            tiers: TierMultipliers { basic: 5, intermediate: 8, advanced: 12 },
            special_effects: SPECIAL_EFFECTS
                .iter()
                .map(|&(coins, points)| SpecialEffect { coins, points })
                .collect(),
            windows: Vec::new(),
            giver_cap: None,
            free_votes: None,
        }
    }
}
