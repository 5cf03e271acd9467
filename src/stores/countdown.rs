//! Seconds left, for display.

use duelcast_protocol::{DurationMs, Timestamp};

/// Whole seconds left of a period of `duration_ms` that ends at `ends_at`: rounded up, at most the
/// whole period, 0 when over. `now_ms` is server time.
#[must_use]
pub fn remaining_seconds(now_ms: f64, ends_at: Timestamp, duration_ms: DurationMs) -> u64 {
    remaining_until(now_ms, ends_at).min(duration_ms.div_ceil(1_000))
}

/// Whole seconds until `at`, rounded up; 0 after it.
#[must_use]
pub fn remaining_until(now_ms: f64, at: Timestamp) -> u64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit in 53 bits")]
    let left_ms = at as f64 - now_ms;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped at 0, and a cast saturates"
    )]
    let seconds = (left_ms / 1_000.0).ceil().max(0.0) as u64;
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_countdown_rounds_up_and_stays_within_the_battle() {
        let (ends_at, duration) = (1_000_000, 120_000);
        let left = |now: f64| remaining_seconds(now, ends_at, duration);
        assert_eq!(left(880_000.0), 120, "the start shows the whole battle");
        assert_eq!(left(876_500.0), 120, "a clock that is behind does not show more than the whole");
        assert_eq!(left(880_001.0), 120);
        assert_eq!(left(881_000.0), 119);
        assert_eq!(left(999_999.0), 1, "while anything is left it is not 0");
        assert_eq!(left(1_000_000.0), 0);
        assert_eq!(left(1_500_000.0), 0, "never below 0");
    }

    #[test]
    fn a_clock_without_sense_shows_nothing_left() {
        assert_eq!(remaining_seconds(f64::NAN, 1_000, 10_000), 0);
        assert_eq!(remaining_seconds(f64::INFINITY, 1_000, 10_000), 0);
    }
}
