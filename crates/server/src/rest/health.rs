//! Health checks for monitoring.

use axum::{extract::State, http::StatusCode};

use super::App;

/// That the process answers, with its version and the commit that it was built from.
#[utoipa::path(get, path = "/healthz", security(()), responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn alive() -> String {
    format!("ok {}", crate::VERSION)
}

/// Whether the engine answers.
#[utoipa::path(get, path = "/readyz", security(()), responses(
    (status = 200, body = String, content_type = "text/plain"),
    (status = 503, body = String, content_type = "text/plain")
))]
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.engine.read(|_| ()).await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
    }
}
