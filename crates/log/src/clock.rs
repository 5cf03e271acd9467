//! What time it is. A trait, so that tests say it.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use duelcast_protocol::{DurationMs, Timestamp};

/// Gives the time, in Unix milliseconds, which never falls.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// The machine's clock, but never set back while the process lives: when the machine's clock is set
/// forward, time jumps; when it is set back, time goes on.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
    started_at: Timestamp,
    /// How far the machine's clock was ever ahead of the time since the start, in milliseconds.
    ahead_ms: AtomicU64,
}

impl SystemClock {
    /// Starts at this time if the machine's clock says less: it was set back since the log was
    /// written, and time goes on all the same.
    #[must_use]
    pub fn not_before(earliest: Timestamp) -> Self {
        Self { started: Instant::now(), started_at: unix_ms().max(earliest), ahead_ms: AtomicU64::new(0) }
    }
}

impl SystemClock {
    fn at(&self, elapsed_ms: DurationMs, unix_ms: Timestamp) -> Timestamp {
        let steady = self.started_at.saturating_add(elapsed_ms);
        let ahead_ms = unix_ms.saturating_sub(steady);
        steady.saturating_add(self.ahead_ms.fetch_max(ahead_ms, Ordering::Relaxed).max(ahead_ms))
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let elapsed_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.at(elapsed_ms, unix_ms())
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
    fn time_goes_on_when_the_clock_is_set_forward_and_back_again() {
        let clock = SystemClock::not_before(0);
        let start = clock.started_at;
        let times = [(10, start + 10), (20, start + HOUR_MS), (30, start + 30)];
        let told = times.map(|(elapsed_ms, unix_ms)| clock.at(elapsed_ms, unix_ms) - start);
        assert_eq!(told, [10, HOUR_MS, HOUR_MS + 10]);
    }

    #[test]
    fn time_is_the_machines_when_the_log_is_older() {
        let before = unix_ms();
        assert!(SystemClock::not_before(0).now() >= before);
    }
}
