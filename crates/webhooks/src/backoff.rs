//! When to try again, and when to give up.

use duelcast_protocol::{DurationMs, Timestamp};
use duelcast_secrets::random;

const FIRST_RETRY_MS: DurationMs = 250;
const LONGEST_RETRY_MS: DurationMs = 60 * 60 * 1_000;
/// Doublings after which the longest pause is reached for certain.
const MAX_DOUBLINGS: u32 = 20;

/// When the next attempt is due after so many that failed.
pub(super) fn next_attempt_at(now: Timestamp, attempts: u32) -> Timestamp {
    let [dice] = random::bytes();
    now + jittered(pause_ms(attempts), dice)
}

fn pause_ms(attempts: u32) -> DurationMs {
    let doublings = attempts.saturating_sub(1).min(MAX_DOUBLINGS);
    (FIRST_RETRY_MS << doublings).min(LONGEST_RETRY_MS)
}

/// Half of it, and up to half of it more.
fn jittered(pause_ms: DurationMs, dice: u8) -> DurationMs {
    pause_ms / 2 + pause_ms / 2 * u64::from(dice) / u64::from(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<_> = [1, 2, 3, 10, 16, u32::MAX].map(pause_ms).to_vec();
        assert_eq!(pauses, [250, 500, 1_000, 128_000, LONGEST_RETRY_MS, LONGEST_RETRY_MS]);
    }

    #[test]
    fn jitter_keeps_within_half_and_whole() {
        assert_eq!((jittered(1_000, 0), jittered(1_000, u8::MAX)), (500, 1_000));
    }
}
