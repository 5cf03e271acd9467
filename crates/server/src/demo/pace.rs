//! When things happen: now and then, like people, and not all at once.

use std::time::Duration;

use tokio::time::Instant;

/// A span between two numbers of milliseconds.
pub fn between(least_ms: u64, most_ms: u64) -> Duration {
    Duration::from_millis(fastrand::u64(least_ms..=most_ms))
}

/// One of several.
pub fn one_of<T>(choices: &[T]) -> &T {
    &choices[fastrand::usize(..choices.len())]
}

/// Rings again and again, after spans between two numbers of milliseconds.
#[derive(Debug)]
pub struct Alarm {
    least_ms: u64,
    most_ms: u64,
    at: Instant,
}

impl Alarm {
    pub fn every(now: Instant, least_ms: u64, most_ms: u64) -> Self {
        Self { least_ms, most_ms, at: now + between(least_ms, most_ms) }
    }

    /// Whether it is time; if so, the alarm is set again.
    pub fn rings(&mut self, now: Instant) -> bool {
        let is_time = now >= self.at;
        if is_time {
            self.at = now + between(self.least_ms, self.most_ms);
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_rings_once_when_its_time_has_come() {
        let start = Instant::now();
        let mut alarm = Alarm::every(start, 1_000, 1_000);
        assert!(!alarm.rings(start));
        assert!(alarm.rings(start + Duration::from_secs(1)));
        assert!(!alarm.rings(start + Duration::from_secs(1)));
    }
}
