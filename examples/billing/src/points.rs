//! How many points a gift is worth: the reference's rules.

use duelcast_protocol::{Gift, GiftTier};

/// Named in the ledger, so that an entry can be explained later, when the rules are others.
pub const RULE_VERSION: &str = "reference-1";

/// Points of one special effect, by its price in coins.
const SPECIAL_POINTS: [(u32, u64); 4] = [(10, 50), (50, 400), (100, 1_200), (520, 1_314)];

/// Points of `count` gifts of one kind; `None` if the rules do not know the gift.
pub fn points(gift: &Gift, count: u32) -> Option<u64> {
    points_of_one(gift)?.checked_mul(count.into())
}

fn points_of_one(gift: &Gift) -> Option<u64> {
    let coins = u64::from(gift.coins);
    match gift.tier {
        GiftTier::Basic => Some(coins * 5),
        GiftTier::Intermediate => Some(coins * 8),
        GiftTier::Advanced => Some(coins * 12),
        GiftTier::Special => {
            SPECIAL_POINTS.iter().find(|(price, _)| *price == gift.coins).map(|(_, points)| *points)
        }
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{GiftId, gift_catalogue};

    use super::*;

    fn gift(tier: GiftTier, coins: u32) -> Gift {
        Gift { gift_id: GiftId::new("g").unwrap(), gift_name: "G".into(), icon: "🎁".into(), tier, coins }
    }

    #[test]
    fn a_basic_gift_counts_five_points_a_coin() {
        assert_eq!(points(&gift(GiftTier::Basic, 2), 3), Some(30));
    }

    #[test]
    fn an_intermediate_gift_counts_eight_points_a_coin() {
        assert_eq!(points(&gift(GiftTier::Intermediate, 20), 2), Some(320));
    }

    #[test]
    fn an_advanced_gift_counts_twelve_points_a_coin() {
        assert_eq!(points(&gift(GiftTier::Advanced, 50), 1), Some(600));
    }

    #[test]
    fn a_special_effect_of_10_coins_counts_50_points() {
        assert_eq!(points(&gift(GiftTier::Special, 10), 2), Some(100));
    }

    #[test]
    fn a_special_effect_of_50_coins_counts_400_points() {
        assert_eq!(points(&gift(GiftTier::Special, 50), 1), Some(400));
    }

    #[test]
    fn a_special_effect_of_100_coins_counts_1200_points() {
        assert_eq!(points(&gift(GiftTier::Special, 100), 3), Some(3_600));
    }

    #[test]
    fn a_special_effect_of_520_coins_counts_1314_points() {
        assert_eq!(points(&gift(GiftTier::Special, 520), 1), Some(1_314));
    }

    #[test]
    fn a_special_effect_with_another_price_is_not_known() {
        assert_eq!(points(&gift(GiftTier::Special, 11), 1), None);
    }

    #[test]
    fn every_gift_of_the_catalogue_is_known() {
        for gift in gift_catalogue() {
            assert!(points(&gift, 1).is_some_and(|points| points > 0), "{}", gift.gift_name);
        }
    }
}
