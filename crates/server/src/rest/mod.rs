//! What back ends and pages reach over HTTP. Handlers check form and authorisation; the realm
//! decides.

mod admission;
mod battles;
mod demo;
mod etag;
mod extract;
mod health;
mod lives;
mod metrics;
mod moderation;
mod openapi;
mod problem;
mod request;
mod secure;
mod socket;
mod tokens;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, header},
    middleware,
    routing::{get, post},
};
use duelcast_log::Archive;
use duelcast_protocol::ErrorCode;
use duelcast_socket::{Origins, SocketLimits};
use duelcast_webhooks::Webhooks;
use tower_http::{
    cors::CorsLayer,
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) use demo::GuestTokens;
pub(crate) use problem::Problem;

use crate::{
    assets::{self, Site},
    auth::Keys,
    engine::EngineHandle,
    gateway::Gateway,
    metrics::Metrics,
};

/// Bytes of a request's body at most.
const MAX_BODY_BYTES: usize = 64 * 1_024;

/// What handlers need.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub engine: EngineHandle,
    pub archive: Archive,
    pub webhooks: Webhooks,
    pub keys: Arc<Keys>,
    pub gateway: Arc<Gateway>,
    pub metrics: Arc<Metrics>,
    pub origins: Arc<Origins>,
    pub socket_limits: SocketLimits,
    /// Lets guests in; only in demo mode.
    pub guests: Option<Arc<GuestTokens>>,
}

pub(crate) fn router(app: App, cors_origins: &[HeaderValue], site: Site) -> Router {
    let is_secure = site.is_secure();
    let requests = app.metrics.requests.clone();
    let reads_and_writes = OpenApiRouter::new()
        .routes(routes!(lives::list))
        .routes(routes!(lives::show, lives::end))
        .routes(routes!(lives::battle))
        .routes(routes!(moderation::kick))
        .routes(routes!(moderation::bans))
        .routes(routes!(moderation::ban, moderation::unban))
        .routes(routes!(moderation::mutes))
        .routes(routes!(moderation::mute, moderation::unmute))
        .routes(routes!(moderation::server_bans))
        .routes(routes!(moderation::ban_from_server, moderation::unban_from_server))
        .routes(routes!(battles::start, battles::history))
        .routes(routes!(battles::show))
        .routes(routes!(battles::end))
        .routes(routes!(battles::update_scores))
        .routes(routes!(battles::ledger))
        .routes(routes!(battles::contributors))
        .routes(routes!(tokens::mint))
        .routes(routes!(webhooks::list))
        .routes(routes!(webhooks::put, webhooks::show, webhooks::delete))
        .routes(routes!(webhooks::deliveries))
        .routes(routes!(webhooks::replay))
        .layer(middleware::from_fn(etag::tag));
    let (v1, v1_document) = reads_and_writes.split_for_parts();
    let v1 = v1
        .route("/demo/token", post(demo::token))
        .route("/ws", get(socket::connect))
        .fallback(async || Problem::new(ErrorCode::MethodNotFound, "There is nothing at this address."))
        .method_not_allowed_fallback(async || Problem::method_not_allowed());
    let (router, document) = OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(metrics::show))
        .split_for_parts();
    router
        .nest("/v1", v1)
        .merge(openapi::router(document.nest("/v1", v1_document)))
        .with_state(app.clone())
        .fallback(async move |method, uri, headers| assets::serve(site, method, uri, headers).await)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn_with_state(app, admission::admit))
        .layer(cors(cors_origins))
        .layer(middleware::map_response(move |response| async move { secure::harden(response, is_secure) }))
        .layer(middleware::from_fn_with_state(requests, request::trace))
        .layer(PropagateRequestIdLayer::new(request::HEADER))
        .layer(SetRequestIdLayer::new(request::HEADER, request::MakeId))
        .layer(middleware::map_request(request::remove_unfit_id))
}

/// Without origins, pages of other servers may ask for nothing.
fn cors(origins: &[HeaderValue]) -> CorsLayer {
    if origins.is_empty() {
        return CorsLayer::new();
    }
    let idempotency_key = HeaderName::from_static("idempotency-key");
    CorsLayer::new()
        .allow_origin(origins.to_vec())
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            idempotency_key,
            request::HEADER,
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER, request::HEADER])
}
