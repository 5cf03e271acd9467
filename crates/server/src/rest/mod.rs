//! What back ends and pages reach over HTTP. Handlers check form and authorisation; the realm decides.

mod battles;
mod demo;
mod extract;
mod health;
mod lives;
mod problem;
mod socket;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use duelcast_protocol::ErrorCode;

pub(crate) use demo::GuestBook;
pub(crate) use problem::Problem;

use crate::{assets, auth::Keys, engine::EngineHandle, gateway::Gateway, log::Archive, socket::Origins};

/// Bytes of a request's body at most.
const MAX_BODY_BYTES: usize = 64 * 1_024;

/// What handlers need.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub engine: EngineHandle,
    pub archive: Archive,
    pub keys: Arc<Keys>,
    pub gateway: Arc<Gateway>,
    pub origins: Arc<Origins>,
    /// Lets guests in; only in demo mode.
    pub guests: Option<Arc<GuestBook>>,
}

pub(crate) fn router(app: App) -> Router {
    let v1 = Router::new()
        .route("/lives", get(lives::list))
        .route("/lives/{live_id}", get(lives::show).delete(lives::end))
        .route("/lives/{live_id}/battle", get(lives::battle))
        .route("/battles", post(battles::start))
        .route("/battles/{battle_id}", get(battles::show))
        .route("/battles/{battle_id}/end", post(battles::end))
        .route("/battles/{battle_id}/scores", post(battles::update_scores))
        .route("/battles/{battle_id}/ledger", get(battles::ledger))
        .route("/demo/token", post(demo::token))
        .route("/ws", get(socket::connect))
        .fallback(async || Problem::new(ErrorCode::MethodNotFound, "There is nothing at this address."))
        .method_not_allowed_fallback(async || Problem::method_not_allowed());
    Router::new()
        .nest("/v1", v1)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(app)
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}
