//! What the engine measures.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    metrics::{
        counter::Counter,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// Counters and histograms of the engine. Clones share them.
#[derive(Debug, Clone)]
pub(crate) struct EngineMetrics {
    /// Seconds to apply the entries of one transaction and write what follows from them to the
    /// sockets.
    pub(super) apply_seconds: Histogram,
    /// Bytes of the newest snapshot of the realm.
    pub(super) snapshot_bytes: Gauge<u64, AtomicU64>,
    /// Queues of slow sockets that were emptied because they were full.
    pub(super) overflows: Counter,
    /// Sockets that got fresh snapshots after that.
    pub(super) resyncs: Counter,
}

impl EngineMetrics {
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register(
            "engine_apply_duration_seconds",
            "Time to apply the entries of one transaction and write what follows from them to the sockets",
            self.apply_seconds.clone(),
        );
        registry.register(
            "snapshot_bytes",
            "Size of the newest snapshot of the state",
            self.snapshot_bytes.clone(),
        );
        registry.register(
            "outbox_overflows",
            "Queues of slow sockets that were emptied because they were full",
            self.overflows.clone(),
        );
        registry.register(
            "resyncs",
            "Sockets that got fresh snapshots because their queue had overflowed",
            self.resyncs.clone(),
        );
    }
}

impl Default for EngineMetrics {
    fn default() -> Self {
        Self {
            apply_seconds: Histogram::new(exponential_buckets(0.000_01, 4.0, 9)),
            snapshot_bytes: Gauge::default(),
            overflows: Counter::default(),
            resyncs: Counter::default(),
        }
    }
}
