//! `/v1/lives`.

use axum::{Json, extract::State};
use duelcast_protocol::{LiveCard, LiveId, LiveListPage, rest::LiveBattleStatus};
use duelcast_realm::{ListFilter, Reply, ServiceAction};

use super::{
    App, Problem,
    extract::{Id, Page, Service},
};

/// Every live, hidden ones too, newest first.
pub(super) async fn list(
    State(app): State<App>,
    _: Service,
    page: Page,
) -> Result<Json<LiveListPage>, Problem> {
    let filter = ListFilter { include_hidden: true, ..ListFilter::default() };
    Ok(Json(app.engine.read(move |engine| engine.list_lives(&page.cursor, page.count, &filter)).await??))
}

pub(super) async fn show(
    State(app): State<App>,
    _: Service,
    Id(live): Id<LiveId>,
) -> Result<Json<LiveCard>, Problem> {
    Ok(Json(app.engine.read(move |engine| engine.live_card(&live)).await??))
}

pub(super) async fn end(
    State(app): State<App>,
    Service(key): Service,
    Id(live_id): Id<LiveId>,
) -> Result<Json<Reply>, Problem> {
    Ok(Json(app.engine.command(key, ServiceAction::EndLive { live_id }).await?))
}

/// Where the PK of a room stands; `none` is an answer.
pub(super) async fn battle(
    State(app): State<App>,
    _: Service,
    Id(live): Id<LiveId>,
) -> Result<Json<LiveBattleStatus>, Problem> {
    Ok(Json(app.engine.read(move |engine| engine.live_battle_status(&live)).await??))
}
