//! `/v1/lives`.

use axum::{Json, extract::State};
use duelcast_protocol::{LiveCard, LiveId, LiveListPage, LiveSummary, limits, rest::LiveBattleStatus};
use duelcast_realm::{ListFilter, Reply, ServiceAction};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    App, Problem,
    extract::{Id, Page, Params, Service},
};

/// Which page of the lives.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LivesPage {
    /// Of the page before; empty for the first.
    #[serde(default)]
    #[param(pattern = "^[0-9]{0,19}$")]
    cursor: String,
    /// 1 to 50; 20 if absent.
    #[param(minimum = 1, maximum = 50)]
    count: Option<u32>,
}

/// All lives, including hidden ones, newest first.
///
/// A page has 20 lives if `count` is absent, and at most 50.
#[utoipa::path(get, path = "/lives", params(LivesPage), responses((status = 200, body = LiveListPage)))]
pub(super) async fn list(
    State(app): State<App>,
    _: Service,
    Params(page): Params<LivesPage>,
) -> Result<Json<LiveListPage>, Problem> {
    let filter = ListFilter { include_hidden: true, ..ListFilter::default() };
    let count = Page::count(page.count, limits::DEFAULT_LIST_COUNT, limits::MAX_LIST_COUNT)?;
    Ok(Json(app.engine.read(move |engine| engine.list_lives(&page.cursor, count, &filter)).await??))
}

/// A live.
#[utoipa::path(get, path = "/lives/{liveId}", params(("liveId" = LiveId, Path)), responses((status = 200, body = LiveCard)))]
pub(super) async fn show(
    State(app): State<App>,
    _: Service,
    Id(live): Id<LiveId>,
) -> Result<Json<LiveCard>, Problem> {
    Ok(Json(app.engine.read(move |engine| engine.live_card(&live)).await??))
}

/// Ends a live.
#[utoipa::path(delete, path = "/lives/{liveId}", params(("liveId" = LiveId, Path)), responses((status = 200, body = LiveSummary)))]
pub(super) async fn end(
    State(app): State<App>,
    Service(key): Service,
    Id(live_id): Id<LiveId>,
) -> Result<Json<Reply>, Problem> {
    Ok(Json(app.engine.command(key, ServiceAction::EndLive { live_id }).await?))
}

/// Where the PK of a room stands; `none` is an answer.
#[utoipa::path(get, path = "/lives/{liveId}/battle", params(("liveId" = LiveId, Path)), responses((status = 200, body = LiveBattleStatus)))]
pub(super) async fn battle(
    State(app): State<App>,
    _: Service,
    Id(live): Id<LiveId>,
) -> Result<Json<LiveBattleStatus>, Problem> {
    Ok(Json(app.engine.read(move |engine| engine.live_battle_status(&live)).await??))
}
