//! Contributions to one side of a battle: for each giver, the sum of all adds that were not
//! reversed.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use duelcast_protocol::{Contributor, limits};
use serde::{Deserialize, Serialize};

/// Sums in points by giver, bounded by the length of the ledger.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Contributions(BTreeMap<String, Sum>);

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Sum {
    name: String,
    value: i64,
}

impl Sum {
    /// The sum, if it is positive.
    fn score(&self) -> Option<u64> {
        u64::try_from(self.value).ok().filter(|score| *score > 0).map(|score| score.min(limits::MAX_SCORE))
    }
}

impl Contributions {
    /// Adds `value` points to the sum of a giver. An empty giver is ignored. A non-empty name
    /// replaces the earlier one.
    pub fn count(&mut self, giver: &str, name: &str, value: i64) {
        if giver.is_empty() {
            return;
        }
        let sum = self.0.entry(giver.to_owned()).or_default();
        sum.value = sum.value.saturating_add(value);
        if !name.is_empty() {
            name.clone_into(&mut sum.name);
        }
    }

    /// The `count` givers with the highest positive sums, by sum, then by id.
    #[must_use]
    pub fn top(&self, count: usize) -> Vec<Contributor> {
        self.top_of(self.0.keys().map(String::as_str), count)
    }

    /// The `count` highest of these givers, who are ordered by id.
    fn top_of<'a>(&self, givers: impl Iterator<Item = &'a str>, count: usize) -> Vec<Contributor> {
        let mut top: Vec<_> = givers
            .filter_map(|giver| {
                let sum = self.0.get(giver)?;
                Some((giver, &sum.name, sum.score()?))
            })
            .collect();
        top.sort_by_key(|(_, _, score)| Reverse(*score));
        top.truncate(count);
        let contributor = |(giver, name, score): (&str, &String, u64)| Contributor {
            user_id: giver.to_owned(),
            user_name: name.clone(),
            score,
        };
        top.into_iter().map(contributor).collect()
    }

    /// The top after `giver` gave more, computed from the top before. No other giver can have
    /// entered it.
    #[must_use]
    pub fn top_after(&self, giver: &str, before: &[Contributor], count: usize) -> Vec<Contributor> {
        let givers: BTreeSet<&str> =
            before.iter().map(|contributor| contributor.user_id.as_str()).chain([giver]).collect();
        self.top_of(givers.into_iter(), count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_generous_come_first_and_equal_ones_by_id() {
        let mut sums = Contributions::default();
        for (giver, name, value) in [
            ("eve", "Eve", 5),
            ("dan", "", 7),
            ("bob", "Bob", 7),
            ("eve", "Eva", 4),
            ("", "", 99),
            ("gus", "", -1),
        ] {
            sums.count(giver, name, value);
        }
        let top: Vec<_> = sums.top(2).into_iter().map(|it| (it.user_id, it.user_name, it.score)).collect();
        assert_eq!(top, [("eve".into(), "Eva".into(), 9), ("bob".into(), "Bob".into(), 7)]);
    }

    #[test]
    fn a_larger_contribution_enters_the_top_without_a_full_scan() {
        let mut sums = Contributions::default();
        let mut top = Vec::new();
        for (giver, value) in [("dan", 5), ("bob", 5), ("eve", 1), ("ann", 3), ("eve", 4), ("dan", 1)] {
            sums.count(giver, "", value);
            top = sums.top_after(giver, &top, 2);
            assert_eq!(top, sums.top(2));
        }
    }
}
