//! Windows, caps, votes and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use duelcast_protocol::{Gift, GiftId, GiftTier, Timestamp};
use duelcast_rules::{
    FreeVotes, Gave, GiverTally, MAX_POINTS, RuleSet, Score, SpecialEffect, TierMultipliers, TimeWindow,
    WindowPart,
};
use proptest::prelude::*;

const ENDS_AT: Timestamp = 300_000;

fn gift(id: &str, tier: GiftTier, coins: u32) -> Gift {
    Gift { gift_id: GiftId::new(id).unwrap(), gift_name: id.into(), icon: "🎁".into(), tier, coins }
}

fn rules() -> RuleSet {
    let window = |part, span_ms, percent| TimeWindow { part, span_ms, percent };
    RuleSet {
        version: "test-1".into(),
        windows: vec![
            window(WindowPart::Last, 30_000, 200),
            window(WindowPart::Last, 10_000, 350),
            window(WindowPart::First, 5_000, 150),
        ],
        free_votes: Some(FreeVotes { gift_id: GiftId::new("vote").unwrap(), points: 3, max_per_giver: 2 }),
        ..RuleSet::reference()
    }
}

fn score(rules: &RuleSet, gift: &Gift, count: u32, sent_at: Timestamp, before: GiverTally) -> Score {
    rules.score(Gave { gift, count, sent_at, started_at: 0, ends_at: ENDS_AT }, before)
}

fn points_at(sent_at: Timestamp) -> u64 {
    score(&rules(), &gift("rose", GiftTier::Basic, 1), 1, sent_at, GiverTally::default()).points
}

#[test]
fn the_last_thirty_seconds_count_double() {
    assert_eq!((points_at(ENDS_AT - 30_001), points_at(ENDS_AT - 30_000)), (5, 10));
}

#[test]
fn where_windows_overlap_the_highest_applies_and_parts_of_a_point_are_dropped() {
    assert_eq!(points_at(ENDS_AT - 10_000), 17);
}

#[test]
fn a_first_window_closes_when_its_span_is_over() {
    assert_eq!((points_at(0), points_at(4_999), points_at(5_000)), (7, 7, 5));
}

#[test]
fn after_the_end_no_window_is_open() {
    assert_eq!(points_at(ENDS_AT), 5);
}

#[test]
fn a_giver_gets_no_more_than_the_cap() {
    let rules = RuleSet { giver_cap: Some(12), ..rules() };
    let rose = gift("rose", GiftTier::Basic, 1);
    let mut tally = GiverTally::default();
    let mut counted = Vec::new();
    for _ in 0..4 {
        let score = score(&rules, &rose, 1, 100_000, tally);
        tally = tally.with(score);
        counted.push((score.points, score.is_capped));
    }
    assert_eq!(counted, [(5, false), (5, false), (2, true), (0, true)]);
}

#[test]
fn free_votes_count_a_few_times_and_no_window_changes_them() {
    let vote = gift("vote", GiftTier::Basic, 0);
    let first = score(&rules(), &vote, 5, ENDS_AT - 1, GiverTally::default());
    assert_eq!((first.points, first.votes, first.is_capped), (6, 2, true));
    let again = score(&rules(), &vote, 1, ENDS_AT - 1, GiverTally::default().with(first));
    assert_eq!((again.points, again.votes, again.is_capped), (0, 0, true));
}

#[test]
fn rules_that_make_no_sense_are_refused_with_a_sentence() {
    let two = SpecialEffect { coins: 10, points: 1 };
    let wrong = [
        (
            RuleSet { version: "v 1".into(), ..rules() },
            "version must have 1 to 64 letters, digits or -_. but is \"v 1\".",
        ),
        (
            RuleSet { tiers: TierMultipliers { basic: 1_000_001, intermediate: 1, advanced: 1 }, ..rules() },
            "tiers.basic may be 1000000 points a coin at most but is 1000001.",
        ),
        (
            RuleSet { special_effects: vec![two.clone(), two], ..rules() },
            "specialEffects has two rows for 10 coins; keep one of them.",
        ),
        (
            RuleSet {
                windows: vec![TimeWindow { part: WindowPart::Last, span_ms: 0, percent: 1 }],
                ..rules()
            },
            "spanMs of a window must be more than 0.",
        ),
        (
            RuleSet {
                windows: vec![TimeWindow { part: WindowPart::Last, span_ms: 1, percent: 10_001 }],
                ..rules()
            },
            "percent of a window may be 10000 at most but is 10001.",
        ),
        (
            RuleSet { giver_cap: Some(u64::MAX), ..rules() },
            "giverCap may be 9007199254740991 at most but is 18446744073709551615.",
        ),
    ];
    for (rules, sentence) in wrong {
        assert_eq!(rules.checked().unwrap_err().to_string(), sentence);
    }
}

#[test]
fn a_misspelt_field_is_refused() {
    let text = r#"{"version":"v1","tiers":{"basic":1,"intermediate":1,"advanced":1},"giverCapp":1}"#;
    let error = serde_json::from_str::<RuleSet>(text).unwrap_err().to_string();
    assert!(error.contains("unknown field `giverCapp`"), "{error}");
}

prop_compose! {
    fn any_rules()(
        basic in 0..=1_000_000_u32,
        effect in 0..=MAX_POINTS,
        windows in prop::collection::vec((any::<bool>(), 1..=400_000_u64, 0..=10_000_u32), 0..4),
        giver_cap in prop::option::of(0..=MAX_POINTS),
        vote in 0..=MAX_POINTS,
        max_per_giver in any::<u32>(),
    ) -> RuleSet {
        let window = |(is_first, span_ms, percent)| TimeWindow {
            part: if is_first { WindowPart::First } else { WindowPart::Last }, span_ms, percent,
        };
        RuleSet {
            version: "any".into(),
            tiers: TierMultipliers { basic, intermediate: basic, advanced: basic },
            special_effects: vec![SpecialEffect { coins: 1, points: effect }],
            windows: windows.into_iter().map(window).collect(),
            giver_cap,
            free_votes: Some(FreeVotes { gift_id: GiftId::new("vote").unwrap(), points: vote, max_per_giver }),
        }
    }
}

proptest! {
    #[test]
    fn a_cap_is_never_exceeded_and_nothing_overflows(
        rules in any_rules(),
        gifts in prop::collection::vec((0..3_u8, any::<u32>(), any::<u32>(), any::<u64>()), 1..30),
    ) {
        let rules = rules.checked().unwrap();
        let mut tally = GiverTally::default();
        for (kind, coins, count, sent_at) in gifts {
            let gift = match kind {
                0 => gift("rose", GiftTier::Basic, coins),
                1 => gift("spark", GiftTier::Special, 1),
                _ => gift("vote", GiftTier::Basic, 0),
            };
            tally = tally.with(score(&rules, &gift, count, sent_at, tally));
            prop_assert!(tally.points <= rules.giver_cap.unwrap_or(MAX_POINTS));
            prop_assert!(tally.votes <= u64::from(rules.free_votes.as_ref().unwrap().max_per_giver));
        }
    }
}
