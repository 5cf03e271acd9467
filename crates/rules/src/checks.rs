//! Validation of a rule set.

use std::{collections::BTreeSet, fmt};

use crate::{MAX_MULTIPLIER, MAX_PERCENT, MAX_POINTS, MAX_ROWS, MAX_VERSION_BYTES, RuleSet};

/// The error for an invalid rule set: a sentence that says what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError(String);

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RuleError {}

impl RuleSet {
    /// Validates a rule set and returns it.
    ///
    /// # Errors
    /// The first invalid value.
    pub fn checked(self) -> Result<Self, RuleError> {
        self.check_version()?;
        self.check_tiers()?;
        self.check_special_effects()?;
        self.check_windows()?;
        self.check_givers()?;
        Ok(self)
    }

    fn check_version(&self) -> Result<(), RuleError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        ensure(
            (1..=MAX_VERSION_BYTES).contains(&self.version.len()) && self.version.bytes().all(is_plain),
            || {
                format!(
                    "version must have 1 to {MAX_VERSION_BYTES} letters, digits or -_. but is {:?}.",
                    self.version
                )
            },
        )
    }

    fn check_tiers(&self) -> Result<(), RuleError> {
        let tiers = [
            ("basic", self.tiers.basic),
            ("intermediate", self.tiers.intermediate),
            ("advanced", self.tiers.advanced),
        ];
        tiers.into_iter().try_for_each(|(tier, multiplier)| {
            ensure(multiplier <= MAX_MULTIPLIER, || {
                format!("tiers.{tier} may be {MAX_MULTIPLIER} points a coin at most but is {multiplier}.")
            })
        })
    }

    fn check_special_effects(&self) -> Result<(), RuleError> {
        check_length("specialEffects", self.special_effects.len())?;
        let mut prices = BTreeSet::new();
        self.special_effects.iter().try_for_each(|effect| {
            ensure(prices.insert(effect.coins), || {
                format!("specialEffects has two rows for {} coins; keep one of them.", effect.coins)
            })?;
            check_points("points of a special effect", effect.points)
        })
    }

    fn check_windows(&self) -> Result<(), RuleError> {
        check_length("windows", self.windows.len())?;
        self.windows.iter().try_for_each(|window| {
            ensure(window.span_ms > 0, || "spanMs of a window must be more than 0.".to_owned())?;
            ensure(window.percent <= MAX_PERCENT, || {
                format!("percent of a window may be {MAX_PERCENT} at most but is {}.", window.percent)
            })
        })
    }

    fn check_givers(&self) -> Result<(), RuleError> {
        self.giver_cap.map_or(Ok(()), |cap| check_points("giverCap", cap))?;
        self.free_votes.as_ref().map_or(Ok(()), |votes| check_points("points of a free vote", votes.points))
    }
}

fn check_length(name: &str, rows: usize) -> Result<(), RuleError> {
    ensure(rows <= MAX_ROWS, || format!("{name} may have {MAX_ROWS} rows at most but has {rows}."))
}

fn check_points(name: &str, points: u64) -> Result<(), RuleError> {
    ensure(points <= MAX_POINTS, || format!("{name} may be {MAX_POINTS} at most but is {points}."))
}

fn ensure(is_sound: bool, sentence: impl FnOnce() -> String) -> Result<(), RuleError> {
    if is_sound { Ok(()) } else { Err(RuleError(sentence())) }
}
