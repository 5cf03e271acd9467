//! The reference's table, row by row.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use duelcast_protocol::{Gift, GiftId, GiftTier, gift_catalogue};
use duelcast_rules::{Gave, GiverTally, RuleSet};

fn points(tier: GiftTier, coins: u32, count: u32) -> u64 {
    let gift_id = GiftId::new("g").unwrap();
    let gift = Gift { gift_id, gift_name: "G".into(), icon: "🎁".into(), tier, coins };
    let gave = Gave { gift: &gift, count, sent_at: 1, started_at: 0, ends_at: 2 };
    RuleSet::reference().score(gave, GiverTally::default()).points
}

#[test]
fn a_basic_gift_counts_five_points_a_coin() {
    assert_eq!(points(GiftTier::Basic, 2, 3), 30);
}

#[test]
fn an_intermediate_gift_counts_eight_points_a_coin() {
    assert_eq!(points(GiftTier::Intermediate, 20, 2), 320);
}

#[test]
fn an_advanced_gift_counts_twelve_points_a_coin() {
    assert_eq!(points(GiftTier::Advanced, 50, 1), 600);
}

#[test]
fn a_special_effect_of_10_coins_counts_50_points() {
    assert_eq!(points(GiftTier::Special, 10, 2), 100);
}

#[test]
fn a_special_effect_of_50_coins_counts_400_points() {
    assert_eq!(points(GiftTier::Special, 50, 1), 400);
}

#[test]
fn a_special_effect_of_100_coins_counts_1200_points() {
    assert_eq!(points(GiftTier::Special, 100, 3), 3_600);
}

#[test]
fn a_special_effect_of_520_coins_counts_1314_points() {
    assert_eq!(points(GiftTier::Special, 520, 1), 1_314);
}

#[test]
fn a_special_effect_with_another_price_counts_nothing() {
    assert_eq!(points(GiftTier::Special, 11, 1), 0);
}

#[test]
fn every_gift_of_the_catalogue_counts() {
    for gift in gift_catalogue() {
        assert!(points(gift.tier, gift.coins, 1) > 0, "{}", gift.gift_name);
    }
}

#[test]
fn the_reference_passes_its_own_checks() {
    assert!(RuleSet::reference().checked().is_ok());
}
