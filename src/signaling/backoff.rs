//! Exponential back-off with jitter between connection attempts.

/// Upper bound of the first delay; its lower bound is half of this.
const FIRST_DELAY_MS: f64 = 500.0;
/// Upper bound of every delay: a host must reconnect within the grace period.
const MAX_DELAY_MS: f64 = 8_000.0;

/// Delay in milliseconds before attempt number `attempt` (from 1). Doubles up to the maximum;
/// `random` (0 to 1) subtracts up to half of it, so that the clients of a restarted server do not
/// reconnect all at once.
#[must_use]
pub fn backoff_ms(attempt: u32, random: f64) -> f64 {
    let doublings = attempt.saturating_sub(1).min(16);
    let ceiling = (FIRST_DELAY_MS * f64::from(1_u32 << doublings)).min(MAX_DELAY_MS);
    ceiling * (1.0 - random.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_ceiling_within_the_grace() {
        let waits: Vec<_> = (1..=7).map(|attempt| backoff_ms(attempt, 0.0)).collect();
        assert_eq!(waits, [500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 8_000.0, 8_000.0]);
        assert_eq!(backoff_ms(u32::MAX, 0.0), 8_000.0);
    }

    #[test]
    fn chance_takes_at_most_half_of_a_wait() {
        assert_eq!(backoff_ms(3, 1.0), 1_000.0);
        assert_eq!(backoff_ms(3, 0.5), 1_500.0);
        assert_eq!(backoff_ms(3, 7.0), 1_000.0);
    }
}
