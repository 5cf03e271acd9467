//! `/metrics`: numbers in the Prometheus text format.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::{App, Problem, extract::Service};
use crate::engine::Gauges;

const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Numbers for Prometheus.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn show(State(app): State<App>, _: Service) -> Result<Response, Problem> {
    let gauges = app.engine.read(|engine| engine.gauges()).await?;
    let mut text = refusals(&app) + &numbers(&gauges);
    for (name, count) in app.webhooks.undelivered().await? {
        text += &format!("duelcast_webhook_undelivered{{endpoint=\"{}\"}} {}\n", escaped(&name), count);
    }
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}

fn numbers(gauges: &Gauges) -> String {
    let lines = [
        ("sockets", "gauge", "Sockets that are logged in.", gauges.sockets as u64),
        ("lives", "gauge", "Lives that are on.", gauges.lives as u64),
        ("battles", "gauge", "Battles that are running or settling.", gauges.battles as u64),
        ("log_lag", "gauge", "Commands that wait to be durable and applied.", gauges.waiting as u64),
        ("log_entries", "counter", "Entries of the log, ever.", gauges.entries),
    ];
    let lines = lines.map(|(name, kind, help, value)| {
        format!("# HELP duelcast_{name} {help}\n# TYPE duelcast_{name} {kind}\nduelcast_{name} {value}\n")
    });
    let deliveries = "# HELP duelcast_webhook_undelivered Webhook events that wait for a webhook endpoint.\n\
                      # TYPE duelcast_webhook_undelivered gauge\n";
    lines.concat() + deliveries
}

fn refusals(app: &App) -> String {
    let head = "# HELP duelcast_refusals Who came too often or had too much open, by what was counted.\n\
                # TYPE duelcast_refusals counter\n";
    let lines = app
        .gateway
        .admission
        .refusals()
        .map(|(door, count)| format!("duelcast_refusals{{door=\"{door}\"}} {count}\n"));
    head.to_owned() + &lines.concat()
}

fn escaped(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
