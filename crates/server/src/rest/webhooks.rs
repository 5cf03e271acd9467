//! `/v1/webhooks`.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use duelcast_protocol::{
    DeliveryPage, DeliveryStatus, ErrorCode, PutWebhook, ReplayWebhooks, WebhookInfo, WebhookList,
    WebhookName, limits,
};
use duelcast_webhooks::WebhookError;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    App, Problem,
    extract::{Body, Id, Page, Params, Service, no_cursor},
};

/// Deliveries on one page, if nothing else is asked for, and at most.
const DELIVERY_PAGE: u32 = 50;
const MAX_DELIVERY_PAGE: u32 = 200;

/// Which page of the deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DeliveriesPage {
    /// Only those that stand so; `dead` lists the dead letters.
    status: Option<DeliveryStatus>,
    /// Of the page before; empty for the first.
    #[serde(default)]
    #[param(pattern = "^[0-9]{0,15}$")]
    cursor: String,
    /// 1 to 200; 50 if absent.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        let sentence = error.to_string();
        match error {
            WebhookError::NotExist => Self::new(ErrorCode::MethodNotFound, sentence),
            WebhookError::Invalid(_)
            | WebhookError::Private
            | WebhookError::Filter(_)
            | WebhookError::TooManyFilters => Self::new(ErrorCode::InvalidParams, sentence),
            WebhookError::TooMany => {
                Self::with_status(StatusCode::CONFLICT, ErrorCode::InvalidRequest, sentence)
            }
            WebhookError::Database(error) => error.into(),
        }
    }
}

/// Every endpoint.
#[utoipa::path(get, path = "/webhooks", responses((status = 200, body = WebhookList)))]
pub(super) async fn list(State(app): State<App>, _: Service) -> Result<Json<WebhookList>, Problem> {
    Ok(Json(app.webhooks.list().await?))
}

/// Makes an endpoint, which is told of whatever happens from now on, or changes one.
#[utoipa::path(
    put, path = "/webhooks/{name}", params(("name" = WebhookName, Path)), request_body = PutWebhook,
    responses((status = 200, body = WebhookInfo), (status = 201, body = WebhookInfo)),
)]
pub(super) async fn put(
    State(app): State<App>,
    _: Service,
    Id(name): Id<WebhookName>,
    Body(webhook): Body<PutWebhook>,
) -> Result<Response, Problem> {
    let (webhook, is_new) = app.webhooks.put(name, webhook).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(webhook)).into_response())
}

/// An endpoint.
#[utoipa::path(
    get, path = "/webhooks/{name}", params(("name" = WebhookName, Path)), responses((status = 200, body = WebhookInfo)),
)]
pub(super) async fn show(
    State(app): State<App>,
    _: Service,
    Id(name): Id<WebhookName>,
) -> Result<Json<WebhookInfo>, Problem> {
    Ok(Json(app.webhooks.get(name).await?))
}

/// Removes an endpoint and what is known of its deliveries.
#[utoipa::path(
    delete, path = "/webhooks/{name}", params(("name" = WebhookName, Path)), responses((status = 204)),
)]
pub(super) async fn delete(
    State(app): State<App>,
    _: Service,
    Id(name): Id<WebhookName>,
) -> Result<StatusCode, Problem> {
    app.webhooks.delete(name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What became of the webhooks to an endpoint, newest first.
#[utoipa::path(
    get, path = "/webhooks/{name}/deliveries", params(("name" = WebhookName, Path), DeliveriesPage),
    responses((status = 200, body = DeliveryPage)),
)]
pub(super) async fn deliveries(
    State(app): State<App>,
    _: Service,
    Id(name): Id<WebhookName>,
    Params(page): Params<DeliveriesPage>,
) -> Result<Json<DeliveryPage>, Problem> {
    let before = match page.cursor.as_str() {
        "" => limits::MAX_SAFE_INTEGER,
        cursor => cursor.parse().ok().filter(|seq| *seq <= limits::MAX_SAFE_INTEGER).ok_or_else(no_cursor)?,
    };
    let count = Page::count(page.count, DELIVERY_PAGE, MAX_DELIVERY_PAGE)?;
    Ok(Json(app.webhooks.deliveries(name, page.status, before, count).await?))
}

/// Delivers once more: from a `seq` or a time on, or the dead letters.
#[utoipa::path(
    post, path = "/webhooks/{name}/replay", params(("name" = WebhookName, Path)), request_body = ReplayWebhooks,
    responses((status = 200, body = WebhookInfo)),
)]
pub(super) async fn replay(
    State(app): State<App>,
    _: Service,
    Id(name): Id<WebhookName>,
    Body(replay): Body<ReplayWebhooks>,
) -> Result<Json<WebhookInfo>, Problem> {
    Ok(Json(app.webhooks.replay(name, replay).await?))
}
