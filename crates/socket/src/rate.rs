//! How often something may happen: a token bucket.

use std::time::Duration;

use tokio::time::Instant;

/// So many in a row, and so many every second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    per_second: u32,
    burst: u32,
}

impl Rate {
    /// # Panics
    /// If one of them is 0.
    #[must_use]
    pub const fn new(per_second: u32, burst: u32) -> Self {
        assert!(per_second > 0 && burst > 0, "a rate lets something pass");
        Self { per_second, burst }
    }

    fn interval(self) -> Duration {
        Duration::from_secs(1) / self.per_second
    }
}

/// Full at first. Kept as the time at which it will be full again, which takes one field and no
/// rounding.
#[derive(Debug, Clone, Copy)]
pub struct TokenBucket {
    full_at: Instant,
}

impl TokenBucket {
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { full_at: now }
    }

    /// Takes one token.
    ///
    /// # Errors
    /// How long to wait for the next one when the bucket is empty.
    pub fn take(&mut self, rate: Rate, now: Instant) -> Result<(), Duration> {
        let full_at = self.full_at.max(now) + rate.interval();
        let overdrawn = (full_at - now).saturating_sub(rate.interval() * rate.burst);
        if !overdrawn.is_zero() {
            return Err(overdrawn);
        }
        self.full_at = full_at;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate::new(50, 100);

    fn take_all(bucket: &mut TokenBucket, now: Instant) -> u32 {
        (0..).take_while(|_| bucket.take(RATE, now).is_ok()).count() as u32
    }

    #[test]
    fn a_burst_passes_and_then_the_steady_rate() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(start);
        assert_eq!(take_all(&mut bucket, start), 100);
        assert_eq!(take_all(&mut bucket, start + Duration::from_secs(1)), 50);
    }

    #[test]
    fn a_long_rest_fills_the_bucket_and_no_more() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(start);
        take_all(&mut bucket, start);
        assert_eq!(take_all(&mut bucket, start + Duration::from_secs(3_600)), 100);
    }

    #[test]
    fn waiting_for_the_returned_time_gets_the_next_token() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(start);
        take_all(&mut bucket, start);
        let wait = bucket.take(RATE, start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(20));
        assert!(bucket.take(RATE, start + wait - Duration::from_nanos(1)).is_err());
        assert!(bucket.take(RATE, start + wait).is_ok());
    }
}
