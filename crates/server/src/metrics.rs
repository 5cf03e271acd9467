//! What all parts of the server measure, in one registry.

use std::{borrow::Cow, time::Duration};

use axum::http::{Method, StatusCode};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};

use duelcast_log::LogMetrics;
use duelcast_webhooks::WebhookMetrics;

use crate::engine::EngineMetrics;

/// What every name begins with.
pub(crate) const PREFIX: &str = "duelcast";
/// The label of what is not among the values that a label is bounded to.
const OTHER: &str = "other";
/// Methods that the routes have.
const METHODS: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
/// Seconds.
const REQUEST_BUCKETS: [f64; 8] = [0.001, 0.002_5, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0];

/// The metrics of each part, registered.
#[derive(Debug)]
pub(crate) struct Metrics {
    pub registry: Registry,
    pub log: LogMetrics,
    pub engine: EngineMetrics,
    pub webhooks: WebhookMetrics,
    pub sockets: SocketMetrics,
    pub requests: RequestMetrics,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix(PREFIX),
            log: LogMetrics::default(),
            engine: EngineMetrics::default(),
            webhooks: WebhookMetrics::default(),
            sockets: SocketMetrics::default(),
            requests: RequestMetrics::default(),
        };
        metrics.log.register(&mut metrics.registry);
        metrics.engine.register(&mut metrics.registry);
        metrics.webhooks.register(&mut metrics.registry);
        metrics.sockets.register(&mut metrics.registry);
        metrics.requests.register(&mut metrics.registry);
        metrics
    }
}

/// Sockets that have ended. Clones share the counters.
#[derive(Debug, Clone, Default)]
pub(crate) struct SocketMetrics {
    closes: Family<CloseLabels, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CloseLabels {
    code: Cow<'static, str>,
}

impl SocketMetrics {
    fn register(&self, registry: &mut Registry) {
        registry.register("socket_closes", "Sockets that have ended, by close code", self.closes.clone());
    }

    /// Counts a socket that ended with this code. Codes that neither RFC 6455 nor this server
    /// defines count as one.
    pub(crate) fn count_close(&self, code: u16) {
        let code = match code {
            1000..=1015 | 4400..=4499 => code.to_string().into(),
            _ => OTHER.into(),
        };
        self.closes.get_or_create(&CloseLabels { code }).inc();
    }
}

/// Answered HTTP requests. Clones share the histograms.
#[derive(Debug, Clone)]
pub(crate) struct RequestMetrics {
    durations: Family<RequestLabels, Histogram, fn() -> Histogram>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: Cow<'static, str>,
    status: u16,
}

impl RequestMetrics {
    fn register(&self, registry: &mut Registry) {
        registry.register(
            "http_request_duration_seconds",
            "Time to answer an HTTP request, by method, route and status",
            self.durations.clone(),
        );
    }

    /// Records an answer. `route` is the template that matched, such as `/v1/lives/{liveId}`;
    /// without one it is a file of the client or nothing at all.
    pub(crate) fn record(
        &self,
        method: &Method,
        route: Option<String>,
        status: StatusCode,
        elapsed: Duration,
    ) {
        let method = METHODS.into_iter().find(|name| *name == method.as_str()).unwrap_or(OTHER);
        let route = route.map_or(Cow::Borrowed(OTHER), Cow::Owned);
        let labels = RequestLabels { method, route, status: status.as_u16() };
        self.durations.get_or_create(&labels).observe(elapsed.as_secs_f64());
    }
}

impl Default for RequestMetrics {
    fn default() -> Self {
        Self { durations: Family::new_with_constructor(|| Histogram::new(REQUEST_BUCKETS)) }
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::prometheus_text;

    use super::*;

    fn text(metrics: &Metrics) -> String {
        let mut text = String::new();
        prometheus_text::encode(&mut text, &metrics.registry).unwrap();
        text
    }

    #[test]
    fn codes_and_methods_that_a_peer_invents_share_one_label() {
        let metrics = Metrics::new();
        for code in [1000, 3000, 4999, 4429, 4429] {
            metrics.sockets.count_close(code);
        }
        let invented = Method::from_bytes(b"BREW").unwrap();
        metrics.requests.record(&invented, None, StatusCode::METHOD_NOT_ALLOWED, Duration::ZERO);
        let text = text(&metrics);
        for line in [
            "duelcast_socket_closes_total{code=\"1000\"} 1",
            "duelcast_socket_closes_total{code=\"4429\"} 2",
            "duelcast_socket_closes_total{code=\"other\"} 2",
            "duelcast_http_request_duration_seconds_count{method=\"other\",route=\"other\",status=\"405\"} 1",
        ] {
            assert!(text.lines().any(|it| it == line), "{line} in {text}");
        }
    }
}
