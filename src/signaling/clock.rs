//! Estimate of the server's clock: the local monotonic clock plus a measured offset.

use std::{cell::RefCell, rc::Rc};

use duelcast_protocol::Timestamp;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::Performance;

/// Samples in the window. Older ones are dropped, so that the estimate follows a drifting local
/// clock.
const MAX_SAMPLES: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Sample {
    offset_ms: f64,
    round_trip_ms: f64,
}

impl Sample {
    /// The true offset is within half a round trip of the measured one, plus one millisecond for
    /// the rounding of the server's time.
    fn agrees_with(self, other: Self) -> bool {
        let error_ms = (self.round_trip_ms + other.round_trip_ms) / 2.0 + 1.0;
        (self.offset_ms - other.offset_ms).abs() <= error_ms
    }
}

/// Estimates the offset of the server's clock from request and response times. Uses the sample with
/// the smallest round trip.
#[derive(Debug, Clone, Default)]
pub struct ClockEstimate {
    samples: Vec<Sample>,
}

impl ClockEstimate {
    /// Adds a sample: local times of request and response, and the server's time in the response.
    pub fn add(&mut self, sent_ms: f64, received_ms: f64, server_time: Timestamp) {
        let round_trip_ms = (received_ms - sent_ms).max(0.0);
        #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit in 53 bits")]
        let offset_ms = server_time as f64 - (sent_ms + round_trip_ms / 2.0);
        let sample = Sample { offset_ms, round_trip_ms };
        if self.best().is_some_and(|best| !best.agrees_with(sample)) {
            self.samples.clear();
        }
        if self.samples.len() == MAX_SAMPLES {
            self.samples.remove(0);
        }
        self.samples.push(sample);
    }

    fn best(&self) -> Option<Sample> {
        self.samples.iter().copied().min_by(|a, b| a.round_trip_ms.total_cmp(&b.round_trip_ms))
    }

    /// Server time minus local time in milliseconds; `None` before the first sample.
    #[must_use]
    pub fn offset_ms(&self) -> Option<f64> {
        self.best().map(|best| best.offset_ms)
    }
}

/// The server's clock. Before the first sample it is the device's clock.
#[derive(Clone)]
pub struct ServerClock {
    estimate: Rc<RefCell<ClockEstimate>>,
}

impl ServerClock {
    pub(crate) fn new() -> Self {
        Self { estimate: Rc::default() }
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> f64 {
        let local = local_ms();
        let offset = self.estimate.borrow().offset_ms();
        local + offset.unwrap_or_else(|| js_sys::Date::now() - local)
    }

    pub(crate) fn add(&self, sent_ms: f64, received_ms: f64, server_time: Timestamp) {
        self.estimate.borrow_mut().add(sent_ms, received_ms, server_time);
    }
}

/// Milliseconds of the monotonic clock of the page, worker or Node process.
pub(crate) fn local_ms() -> f64 {
    let clock = Reflect::get(&js_sys::global(), &"performance".into());
    let clock = clock.ok().and_then(|clock| clock.dyn_into::<Performance>().ok());
    clock.map_or_else(js_sys::Date::now, |clock| clock.now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_time_is_the_local_clock_plus_the_offset_of_the_quickest_answer() {
        let mut clock = ClockEstimate::default();
        assert_eq!(clock.offset_ms(), None);
        clock.add(1_000.0, 1_400.0, 501_350);
        assert_eq!(clock.offset_ms(), Some(500_150.0));
        clock.add(2_000.0, 2_020.0, 502_010);
        assert_eq!(clock.offset_ms(), Some(500_000.0));
        clock.add(3_000.0, 3_300.0, 503_250);
        assert_eq!(clock.offset_ms(), Some(500_000.0));
    }

    #[test]
    fn a_sample_that_contradicts_the_best_one_starts_over() {
        let mut clock = ClockEstimate::default();
        clock.add(0.0, 10.0, 1_005);
        clock.add(20.0, 60.0, 9_040);
        assert_eq!(clock.offset_ms(), Some(9_000.0));
    }

    #[test]
    fn a_lucky_sample_is_replaced_eventually() {
        let mut clock = ClockEstimate::default();
        clock.add(0.0, 0.0, 1_000);
        for at in 1..=MAX_SAMPLES {
            #[allow(clippy::cast_precision_loss, reason = "small")]
            let sent = at as f64 * 100.0;
            clock.add(sent, sent + 40.0, 1_000 + at as u64 * 100 + 30);
        }
        assert_eq!(clock.offset_ms(), Some(1_010.0));
    }
}
