//! What time it is. A trait, so that tests say it.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use duelcast_protocol::Timestamp;

/// Gives the time.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// The machine's clock, but never set back while the process lives.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
    started_at: Timestamp,
}

impl SystemClock {
    /// Starts at this time if the machine's clock says less: it was set back since the log was written, and time goes on
    /// all the same.
    #[must_use]
    pub fn not_before(earliest: Timestamp) -> Self {
        Self { started: Instant::now(), started_at: unix_ms().max(earliest) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.started_at.saturating_add(elapsed).max(unix_ms())
    }
}

fn unix_ms() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: Timestamp = 3_600_000;

    #[test]
    fn time_goes_on_where_the_log_ended_when_the_clock_was_set_back() {
        let ahead = unix_ms() + HOUR_MS;
        let clock = SystemClock::not_before(ahead);
        let first = clock.now();
        assert!(first >= ahead && clock.now() >= first);
    }

    #[test]
    fn time_is_the_machines_when_the_log_is_older() {
        let before = unix_ms();
        assert!(SystemClock::not_before(0).now() >= before);
    }
}
