//! `/metrics`: numbers in the Prometheus text format.

use std::fmt;

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, prometheus_text},
    metrics::MetricType,
    registry::Registry,
};

use super::{App, Problem, extract::Service};
use crate::{engine::Gauges, metrics::PREFIX};

/// Numbers for Prometheus.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn show(State(app): State<App>, _: Service) -> Result<Response, Problem> {
    let levels = Levels {
        gauges: app.engine.read(|engine| engine.gauges()).await?,
        refusals: app.gateway.admission.refusals(),
        undelivered: app.webhooks.undelivered().await?,
    };
    let mut registry = Registry::with_prefix(PREFIX);
    registry.register_collector(Box::new(levels));
    let mut text = String::new();
    prometheus_text::encode(&mut text, &registry)
        .and_then(|()| prometheus_text::encode(&mut text, &app.metrics.registry))
        .expect("writing to a String cannot fail");
    Ok(([(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], text).into_response())
}

/// What is counted elsewhere, at one moment.
#[derive(Debug)]
struct Levels {
    gauges: Gauges,
    refusals: [(&'static str, u64); 6],
    undelivered: Vec<(String, u64)>,
}

impl Collector for Levels {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let gauges = &self.gauges;
        for (name, help, value) in [
            ("sockets", "Sockets that are logged in.", gauges.sockets as u64),
            ("lives", "Lives that are on.", gauges.lives as u64),
            ("battles", "Battles that are running or settling.", gauges.battles as u64),
            ("log_lag", "Commands that wait to be durable and applied.", gauges.waiting as u64),
        ] {
            encoder.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&value)?;
        }
        // Counters, but named before counters had to end in `_total`: without a type they keep
        // their names.
        let help = "Entries of the log, ever.";
        let mut entries = encoder.encode_descriptor("log_entries", help, None, MetricType::Unknown)?;
        entries.encode_gauge(&gauges.entries)?;
        let help = "Who came too often or had too much open, by what was counted.";
        let mut refusals = encoder.encode_descriptor("refusals", help, None, MetricType::Unknown)?;
        for (door, count) in &self.refusals {
            refusals.encode_family(&[("door", *door)])?.encode_gauge(count)?;
        }
        let help = "Webhook events that wait for a webhook endpoint.";
        let mut undelivered =
            encoder.encode_descriptor("webhook_undelivered", help, None, MetricType::Gauge)?;
        for (endpoint, count) in &self.undelivered {
            undelivered.encode_family(&[("endpoint", endpoint.as_str())])?.encode_gauge(count)?;
        }
        Ok(())
    }
}
