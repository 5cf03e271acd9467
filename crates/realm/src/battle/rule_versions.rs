//! Versions of the gift rules that the ledger entries of a battle name.

use duelcast_protocol::{limits, rest::ScoreSource};
use serde::{Deserialize, Serialize};

/// Distinct versions, in order of first use. At most [`limits::MAX_RESULT_RULE_VERSIONS`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RuleVersions(Vec<String>);

impl RuleVersions {
    /// Records the version of a score source. An empty version and versions beyond the bound are
    /// ignored.
    pub fn note(&mut self, source: Option<&ScoreSource>) {
        let version = source.map(|source| source.rule_version.as_str()).unwrap_or_default();
        let is_new = !version.is_empty() && !self.0.iter().any(|known| known == version);
        if is_new && self.0.len() < limits::MAX_RESULT_RULE_VERSIONS {
            self.0.push(version.to_owned());
        }
    }

    /// The versions, in order of first use.
    #[must_use]
    pub fn to_vec(&self) -> Vec<String> {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_is_named_once_and_no_more_than_fit() {
        let mut versions = RuleVersions::default();
        versions.note(None);
        for version in ["", "b", "a", "b", "c", "d", "e"] {
            let source = ScoreSource { rule_version: version.to_owned(), ..ScoreSource::default() };
            versions.note(Some(&source));
        }
        assert_eq!(versions.to_vec(), ["b", "a", "c", "d"]);
    }
}
