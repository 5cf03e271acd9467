//! Who gave how much to one side of a battle: the sum of the adds that name a giver and were not reversed.

use std::{cmp::Reverse, collections::BTreeMap};

use duelcast_protocol::{Contributor, limits};

/// Sums by giver. A ledger is bounded, and so are the givers in it.
#[derive(Debug, Default)]
pub struct Contributions(BTreeMap<String, Sum>);

#[derive(Debug, Default)]
struct Sum {
    name: String,
    value: i64,
}

impl Contributions {
    /// Counts an add. Without a giver it is nobody's.
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

    /// The most generous, by score, then by id. Who took more than they gave is not among them.
    #[must_use]
    pub fn top(self, count: usize) -> Vec<Contributor> {
        let contributor = |(user_id, sum): (String, Sum)| {
            let score = u64::try_from(sum.value).ok()?.min(limits::MAX_SCORE);
            (score > 0).then_some(Contributor { user_id, user_name: sum.name, score })
        };
        let mut contributors: Vec<_> = self.0.into_iter().filter_map(contributor).collect();
        contributors.sort_by_key(|contributor| Reverse(contributor.score));
        contributors.truncate(count);
        contributors
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
}
