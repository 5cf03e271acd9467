//! `/v1/battles`.

use axum::{Json, extract::State, http::StatusCode};
use duelcast_protocol::{
    BattleId, BattleInfo, ErrorCode, Rejection,
    rest::{LedgerPage, ScoreUpdate, StartBattle},
};
use duelcast_realm::{Reply, ServiceAction};

use super::{
    App, Problem,
    extract::{Body, Id, IdempotencyKey, Page, Service},
};

/// Lines of a ledger on one page.
const LEDGER_PAGE: u32 = 200;

pub(super) async fn start(
    State(app): State<App>,
    Service(key): Service,
    Body(request): Body<StartBattle>,
) -> Result<(StatusCode, Json<Reply>), Problem> {
    let battle = app.engine.command(key, ServiceAction::StartBattle { request }).await?;
    Ok((StatusCode::CREATED, Json(battle)))
}

/// From the realm, or once it has forgotten the battle from the archive.
pub(super) async fn show(
    State(app): State<App>,
    _: Service,
    Id(battle): Id<BattleId>,
) -> Result<Json<BattleInfo>, Problem> {
    let id = battle.clone();
    if let Some(info) = app.engine.read(move |engine| engine.battle(&id)).await? {
        return Ok(Json(info));
    }
    let archived = app.archive.battle(battle).await?;
    Ok(Json(archived.ok_or_else(|| Rejection::from(ErrorCode::BattleNotExistOrEnded))?))
}

pub(super) async fn end(
    State(app): State<App>,
    Service(key): Service,
    Id(battle_id): Id<BattleId>,
) -> Result<Json<Reply>, Problem> {
    Ok(Json(app.engine.command(key, ServiceAction::EndBattle { battle_id }).await?))
}

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

/// Every entry in order. The cursor is the number of the last one seen.
pub(super) async fn ledger(
    State(app): State<App>,
    _: Service,
    Id(battle): Id<BattleId>,
    page: Page,
) -> Result<Json<LedgerPage>, Problem> {
    let after = match page.cursor.as_str() {
        "" => 0,
        cursor => cursor
            .parse()
            .map_err(|_| Problem::new(ErrorCode::InvalidParams, "This is no cursor of ours."))?,
    };
    app.engine.barrier().await?;
    let mut entries = app.archive.ledger(battle, after, LEDGER_PAGE + 1).await?;
    let is_more = entries.len() > LEDGER_PAGE as usize;
    entries.truncate(LEDGER_PAGE as usize);
    let last = entries.last().filter(|_| is_more);
    let cursor = last.map_or_else(String::new, |entry| entry.number.to_string());
    Ok(Json(LedgerPage { entries, cursor }))
}
