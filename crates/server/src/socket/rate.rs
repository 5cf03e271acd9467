//! How often a peer may send: a token bucket.

use std::time::Duration;

use tokio::time::Instant;

/// Frames a peer may send in a row.
pub(super) const FRAME_BURST: u32 = 100;
/// Frames a peer may send every second.
pub(super) const FRAMES_PER_SECOND: u32 = 50;

const FRAME_INTERVAL: Duration = Duration::from_nanos(1_000_000_000 / FRAMES_PER_SECOND as u64);

/// Full at first. Kept as the time at which it will be full again, which takes one field and no rounding.
#[derive(Debug)]
pub(super) struct TokenBucket {
    full_at: Instant,
}

impl TokenBucket {
    pub(super) fn new(now: Instant) -> Self {
        Self { full_at: now }
    }

    /// False when the bucket is empty.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let full_at = self.full_at.max(now) + FRAME_INTERVAL;
        let is_allowed = full_at - now <= FRAME_INTERVAL * FRAME_BURST;
        if is_allowed {
            self.full_at = full_at;
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take_all(bucket: &mut TokenBucket, now: Instant) -> u32 {
        (0..).take_while(|_| bucket.take(now)).count() as u32
    }

    #[test]
    fn a_burst_passes_and_then_the_steady_rate() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(start);
        assert_eq!(take_all(&mut bucket, start), FRAME_BURST);
        assert_eq!(take_all(&mut bucket, start + Duration::from_secs(1)), FRAMES_PER_SECOND);
    }

    #[test]
    fn a_long_rest_fills_the_bucket_and_no_more() {
        let start = Instant::now();
        let mut bucket = TokenBucket::new(start);
        take_all(&mut bucket, start);
        assert_eq!(take_all(&mut bucket, start + Duration::from_secs(3_600)), FRAME_BURST);
    }
}
