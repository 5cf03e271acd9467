//! For whoever watches the server.

use axum::{extract::State, http::StatusCode};

use super::App;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// The engine answers.
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.engine.read(|_| ()).await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
    }
}
