//! The battle updates for screen readers: changes of the lead, the last ten seconds once, the
//! result. Single gifts are not announced.

use super::verdict::Verdict;
use crate::i18n::words;

/// Seconds left at which the end of the battle is announced.
pub const URGENT_SECONDS: u64 = 10;

/// The side in the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    Level,
    Side(String),
}

/// The state as of the last announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub lead: Lead,
    pub is_urgent: bool,
    pub verdict: Option<Verdict>,
}

impl Digest {
    /// Computes the state from named scores, the clock and the verdict.
    #[must_use]
    pub fn new(scores: &[(String, u64)], seconds_left: u64, verdict: Option<Verdict>) -> Self {
        let best = scores.iter().map(|(_, score)| *score).max().unwrap_or(0);
        let mut leaders = scores.iter().filter(|(_, score)| *score == best);
        let lead = match (leaders.next(), leaders.next()) {
            (Some((name, _)), None) => Lead::Side(name.clone()),
            (_, _) => Lead::Level,
        };
        Self { lead, is_urgent: seconds_left <= URGENT_SECONDS, verdict }
    }

    /// The announcement for the change from `before` to `self`, if any.
    #[must_use]
    pub fn news_since(&self, before: Option<&Self>) -> Option<String> {
        if let Some(verdict) = self.verdict {
            let is_new = before.is_none_or(|before| before.verdict.is_none());
            return is_new.then(|| words::battle_over_with(&verdict.title()));
        }
        let Some(before) = before else {
            return Some(words::battle_started());
        };
        if self.is_urgent && !before.is_urgent {
            return Some(words::seconds_left(URGENT_SECONDS));
        }
        (self.lead != before.lead).then(|| match &self.lead {
            Lead::Level => words::level_score(),
            Lead::Side(name) => words::takes_the_lead(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(own: u64, other: u64, seconds: u64, verdict: Option<Verdict>) -> Digest {
        Digest::new(&[("Ann".to_owned(), own), ("Ben".to_owned(), other)], seconds, verdict)
    }

    #[test]
    fn a_gift_that_does_not_change_the_lead_is_not_spoken() {
        let before = moment(10, 5, 60, None);
        assert_eq!(moment(90, 5, 50, None).news_since(Some(&before)), None);
    }

    #[test]
    fn a_change_of_lead_is_spoken() {
        let before = moment(10, 5, 60, None);
        assert_eq!(
            moment(10, 11, 50, None).news_since(Some(&before)).as_deref(),
            Some("Ben takes the lead.")
        );
        assert_eq!(moment(10, 10, 50, None).news_since(Some(&before)).as_deref(), Some("It is level."));
    }

    #[test]
    fn the_last_ten_seconds_and_the_result_are_spoken_once() {
        let (before, urgent) = (moment(1, 0, 11, None), moment(1, 0, 10, None));
        assert_eq!(urgent.news_since(Some(&before)).as_deref(), Some("10 seconds left."));
        assert_eq!(moment(1, 0, 9, None).news_since(Some(&urgent)), None);
        let over = moment(1, 0, 0, Some(Verdict::Won));
        assert_eq!(over.news_since(Some(&urgent)).as_deref(), Some("Battle over. Victory."));
        assert_eq!(over.news_since(Some(&over)), None);
    }
}
