//! The points of a gift.

use duelcast_protocol::{Gift, GiftTier, Timestamp};

use crate::{MAX_POINTS, RuleSet, TimeWindow, WindowPart};

const WHOLE_PERCENT: u32 = 100;

/// A gift in a battle.
#[derive(Debug, Clone, Copy)]
pub struct Gave<'a> {
    pub gift: &'a Gift,
    pub count: u32,
    pub sent_at: Timestamp,
    /// Start and end of the battle, in milliseconds since the Unix epoch.
    pub started_at: Timestamp,
    pub ends_at: Timestamp,
}

/// The counted gifts of one giver in one battle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GiverTally {
    pub points: u64,
    pub votes: u64,
}

impl GiverTally {
    /// The tally after one more gift.
    #[must_use]
    pub fn with(self, score: Score) -> Self {
        Self {
            points: self.points.saturating_add(score.points),
            votes: self.votes.saturating_add(score.votes),
        }
    }
}

/// The points of a gift.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub points: u64,
    /// Free votes that counted.
    pub votes: u64,
    /// Percentage of the time window that applied; 100 without one.
    pub percent: u32,
    /// Whether a limit of the giver reduced the points.
    pub is_capped: bool,
}

impl RuleSet {
    /// The points of a gift, given the earlier gifts of its giver in this battle.
    #[must_use]
    pub fn score(&self, gave: Gave<'_>, before: GiverTally) -> Score {
        let wanted = self.uncapped(gave, before);
        let room = self.giver_cap.unwrap_or(MAX_POINTS).min(MAX_POINTS).saturating_sub(before.points);
        let points = wanted.points.min(room);
        Score { points, is_capped: wanted.is_capped || points < wanted.points, ..wanted }
    }

    fn uncapped(&self, gave: Gave<'_>, before: GiverTally) -> Score {
        if let Some(rule) = self.free_votes.as_ref().filter(|rule| rule.gift_id == gave.gift.gift_id) {
            let given = u64::from(gave.count);
            let votes = given.min(u64::from(rule.max_per_giver).saturating_sub(before.votes));
            let points = to_points(u128::from(rule.points) * u128::from(votes));
            return Score { points, votes, percent: WHOLE_PERCENT, is_capped: votes < given };
        }
        let percent = self.percent_at(gave);
        let full = u128::from(self.points_of_one(gave.gift)) * u128::from(gave.count);
        let points = to_points(full * u128::from(percent) / u128::from(WHOLE_PERCENT));
        Score { points, votes: 0, percent, is_capped: false }
    }

    fn points_of_one(&self, gift: &Gift) -> u64 {
        let by_coin = |multiplier: u32| u64::from(gift.coins) * u64::from(multiplier);
        match gift.tier {
            GiftTier::Basic => by_coin(self.tiers.basic),
            GiftTier::Intermediate => by_coin(self.tiers.intermediate),
            GiftTier::Advanced => by_coin(self.tiers.advanced),
            GiftTier::Special => self
                .special_effects
                .iter()
                .find(|effect| effect.coins == gift.coins)
                .map_or(0, |effect| effect.points),
        }
    }

    fn percent_at(&self, gave: Gave<'_>) -> u32 {
        let open = self.windows.iter().filter(|window| is_open(window, gave));
        open.map(|window| window.percent).max().unwrap_or(WHOLE_PERCENT)
    }
}

fn is_open(window: &TimeWindow, gave: Gave<'_>) -> bool {
    let Gave { sent_at, started_at, ends_at, .. } = gave;
    match window.part {
        WindowPart::First => sent_at >= started_at && sent_at - started_at < window.span_ms,
        WindowPart::Last => sent_at < ends_at && ends_at - sent_at <= window.span_ms,
    }
}

fn to_points(points: u128) -> u64 {
    u64::try_from(points).unwrap_or(MAX_POINTS).min(MAX_POINTS)
}
