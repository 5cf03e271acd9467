//! What the log measures.

use prometheus_client::{
    metrics::histogram::{Histogram, exponential_buckets},
    registry::Registry,
};

/// Histograms of the log. Clones share them.
#[derive(Debug, Clone)]
pub struct LogMetrics {
    /// Seconds from the start of a transaction until it is durable.
    pub(super) commit_seconds: Histogram,
}

impl LogMetrics {
    /// Registers the histograms, by names that begin with `log_`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "log_commit_duration_seconds",
            "Time to write one transaction of the log and make it durable",
            self.commit_seconds.clone(),
        );
    }
}

impl Default for LogMetrics {
    fn default() -> Self {
        Self { commit_seconds: Histogram::new(exponential_buckets(0.000_5, 2.0, 12)) }
    }
}
