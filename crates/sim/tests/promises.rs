//! Random streams of commands. `duelcast_sim` has the checks.

use std::collections::BTreeMap;

use duelcast_sim::{Town, moves};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

/// Variants of `Event`.
const EVENT_TYPE_COUNT: usize = 42;

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_four_hosts_do_every_screen_shows_what_the_realm_knows(steps in moves(120)) {
        let mut town = Town::new(4);
        steps.iter().for_each(|step| town.play(step));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_crowd_does_no_connection_grows_beyond_its_limit(steps in moves(150)) {
        let mut town = Town::new(11);
        steps.iter().for_each(|step| town.play(step));
    }
}

#[test]
fn the_streams_reach_every_kind_of_event() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..80 {
        let steps = moves(120).new_tree(&mut runner).unwrap().current();
        let mut town = Town::new(4);
        steps.iter().for_each(|step| town.play(step));
        for (name, count) in town.seen() {
            *seen.entry(name.clone()).or_default() += count;
        }
    }
    assert_eq!(seen.len(), EVENT_TYPE_COUNT, "{seen:#?}");
}
