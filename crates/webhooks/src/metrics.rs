//! What the webhooks measure.

use duelcast_protocol::DeliveryStatus;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

/// Attempts to deliver, by their outcome. Clones share the counters.
#[derive(Debug, Clone, Default)]
pub struct WebhookMetrics {
    deliveries: Family<Outcome, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

impl WebhookMetrics {
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "webhook_deliveries",
            "Attempts to deliver a webhook: delivered, failed (tried again later) or dead (given up)",
            self.deliveries.clone(),
        );
    }

    /// Counts an attempt that left the delivery like this.
    pub(super) fn count(&self, status: DeliveryStatus) {
        let outcome = match status {
            DeliveryStatus::Delivered => "delivered",
            DeliveryStatus::Pending => "failed",
            DeliveryStatus::Dead => "dead",
        };
        self.deliveries.get_or_create(&Outcome { outcome }).inc();
    }
}
