//! `/v1/battles`.

use axum::{Json, extract::State, http::StatusCode};
use duelcast_protocol::{
    BattleId, BattleInfo, BattleSide, ErrorCode, LiveId, Rejection, SideContributors, Timestamp, limits,
    rest::{BattleContributors, BattlePage, LedgerPage, ScoreReply, ScoreUpdate, StartBattle},
};
use duelcast_realm::{Reply, ServiceAction};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    App, Problem,
    extract::{Body, Id, IdempotencyKey, Page, Params, Service, no_cursor},
};

/// Lines of a ledger on one page.
const LEDGER_PAGE: u32 = 200;
const DEFAULT_TOP: u32 = 10;
const MAX_TOP: u32 = 100;

/// Which page of the battles that are over.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryPage {
    /// Only battles in which this live was a side.
    live_id: Option<LiveId>,
    /// Of the page before; empty for the first.
    #[serde(default)]
    #[param(pattern = "^([0-9]{1,15}[.][A-Za-z0-9._:@-]{1,64})?$")]
    cursor: String,
    /// 1 to 50; 20 if absent.
    #[param(minimum = 1, maximum = 50)]
    count: Option<u32>,
}

/// Starts a battle between connected lives, at once.
#[utoipa::path(post, path = "/battles", request_body = StartBattle, responses((status = 201, body = BattleInfo)))]
pub(super) async fn start(
    State(app): State<App>,
    Service(key): Service,
    Body(request): Body<StartBattle>,
) -> Result<(StatusCode, Json<Reply>), Problem> {
    let battle = app.engine.command(key, ServiceAction::StartBattle { request }).await?;
    Ok((StatusCode::CREATED, Json(battle)))
}

/// The battles that are over, newest first.
#[utoipa::path(get, path = "/battles", params(HistoryPage), responses((status = 200, body = BattlePage)))]
pub(super) async fn history(
    State(app): State<App>,
    _: Service,
    Params(page): Params<HistoryPage>,
) -> Result<Json<BattlePage>, Problem> {
    let before = read_cursor(&page.cursor)?;
    let count = Page::count(page.count, limits::DEFAULT_LIST_COUNT, limits::MAX_LIST_COUNT)?;
    app.engine.barrier().await?;
    let mut battles = app.archive.battles(page.live_id, before, count + 1).await?;
    let is_more = battles.len() > count as usize;
    battles.truncate(count as usize);
    let last = battles.last().filter(|_| is_more);
    let cursor = last.map_or_else(String::new, |last| format!("{}.{}", last.started_at, last.battle_id));
    Ok(Json(BattlePage { battles, cursor }))
}

fn read_cursor(cursor: &str) -> Result<Option<(Timestamp, BattleId)>, Problem> {
    if cursor.is_empty() {
        return Ok(None);
    }
    let (started_at, battle) = cursor.split_once('.').ok_or_else(no_cursor)?;
    let started_at =
        started_at.parse().ok().filter(|at| *at <= limits::MAX_SAFE_INTEGER).ok_or_else(no_cursor)?;
    Ok(Some((started_at, battle.parse().map_err(|_| no_cursor())?)))
}

/// A battle, also one that is over.
#[utoipa::path(get, path = "/battles/{battleId}", params(("battleId" = BattleId, Path)), responses((status = 200, body = BattleInfo)))]
pub(super) async fn show(
    State(app): State<App>,
    _: Service,
    Id(battle): Id<BattleId>,
) -> Result<Json<BattleInfo>, Problem> {
    Ok(Json(known(&app, battle).await?))
}

async fn known(app: &App, battle: BattleId) -> Result<BattleInfo, Problem> {
    let id = battle.clone();
    if let Some(info) = app.engine.read(move |engine| engine.battle(&id)).await? {
        return Ok(info);
    }
    let archived = app.archive.battle(battle).await?;
    Ok(archived.ok_or_else(|| Rejection::from(ErrorCode::BattleNotExistOrEnded))?)
}

/// Ends a battle, or its penalty, now.
#[utoipa::path(post, path = "/battles/{battleId}/end", params(("battleId" = BattleId, Path)), responses((status = 200, body = BattleInfo)))]
pub(super) async fn end(
    State(app): State<App>,
    Service(key): Service,
    Id(battle_id): Id<BattleId>,
) -> Result<Json<Reply>, Problem> {
    Ok(Json(app.engine.command(key, ServiceAction::EndBattle { battle_id }).await?))
}

/// Changes scores, once per idempotency key.
#[utoipa::path(
    post,
    path = "/battles/{battleId}/scores",
    params(("battleId" = BattleId, Path), IdempotencyKey),
    request_body = ScoreUpdate,
    responses((status = 200, body = ScoreReply))
)]
pub(super) async fn update_scores(
    State(app): State<App>,
    Service(key): Service,
    Id(battle_id): Id<BattleId>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Body(update): Body<ScoreUpdate>,
) -> Result<Json<Reply>, Problem> {
    let action = ServiceAction::UpdateScores { battle_id, idempotency_key, update };
    Ok(Json(app.engine.command(key, action).await?))
}

/// How many contributors.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Top {
    /// Of each side at most: 1 to 100; 10 if absent.
    #[param(minimum = 1, maximum = 100)]
    top: Option<u32>,
}

/// The top contributors of each side, from the ledger, also during the battle.
///
/// The first of a side is its most valuable contributor.
#[utoipa::path(get, path = "/battles/{battleId}/contributors", params(("battleId" = BattleId, Path), Top), responses((status = 200, body = BattleContributors)))]
pub(super) async fn contributors(
    State(app): State<App>,
    service: Service,
    Id(battle_id): Id<BattleId>,
    Params(Top { top }): Params<Top>,
) -> Result<Json<BattleContributors>, Problem> {
    let top = top.unwrap_or(DEFAULT_TOP);
    if !(1..=MAX_TOP).contains(&top) {
        return Err(Problem::new(ErrorCode::InvalidParams, format!("top must be 1 to {MAX_TOP}.")));
    }
    let Json(battle) = show(State(app.clone()), service, Id(battle_id.clone())).await?;
    app.engine.barrier().await?;
    let mut sums = app.archive.contributions(battle_id.clone()).await?;
    let of_side = |side: BattleSide| SideContributors {
        contributors: sums.remove(&side.live_id).unwrap_or_default().top(top as usize),
        live_id: side.live_id,
    };
    let sides = battle.sides.into_iter().map(of_side).collect();
    Ok(Json(BattleContributors { battle_id, sides }))
}

/// Which page of a ledger.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LedgerLines {
    /// Of the page before; empty for the first.
    #[serde(default)]
    #[param(pattern = "^[0-9]{0,9}$")]
    cursor: String,
    /// 1 to 200; 200 if absent.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u32>,
}

/// The ledger of a battle: every change of a score, in order.
///
/// A page has at most 200 entries, which is also the default of `count`.
#[utoipa::path(get, path = "/battles/{battleId}/ledger", params(("battleId" = BattleId, Path), LedgerLines), responses((status = 200, body = LedgerPage)))]
pub(super) async fn ledger(
    State(app): State<App>,
    _: Service,
    Id(battle): Id<BattleId>,
    Params(page): Params<LedgerLines>,
) -> Result<Json<LedgerPage>, Problem> {
    let after = match page.cursor.as_str() {
        "" => 0,
        cursor => cursor.parse::<u32>().map_err(|_| no_cursor())?.into(),
    };
    let count = Page::count(page.count, LEDGER_PAGE, LEDGER_PAGE)?;
    known(&app, battle.clone()).await?;
    app.engine.barrier().await?;
    let mut entries = app.archive.ledger(battle, after, count + 1).await?;
    let is_more = entries.len() > count as usize;
    entries.truncate(count as usize);
    let last = entries.last();
    let cursor = last.filter(|_| is_more).map_or_else(String::new, |(entry, _)| entry.number.to_string());
    let head = last.map_or_else(String::new, |(_, hash)| hash.clone());
    let entries = entries.into_iter().map(|(entry, _)| entry).collect();
    Ok(Json(LedgerPage { entries, head, cursor }))
}
