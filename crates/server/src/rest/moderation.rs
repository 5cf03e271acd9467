//! Moderation: `/v1/lives/{liveId}/kicks`, `…/bans`, `…/mutes`, and `/v1/bans` for the whole
//! server.

use axum::{Json, extract::State, http::StatusCode};
use duelcast_protocol::{
    BannedUser, BannedUserPage, LiveId, UserId, limits,
    rest::{BanOptions, KickUser, MutedUsers},
};
use duelcast_realm::{ModerationAction, Reply, ServiceAction};

use super::{
    App, Problem,
    extract::{Body, Id, LiveUser, Page, Params, Service},
};

/// Puts a user out of a live. The user may join again.
#[utoipa::path(
    post, path = "/lives/{liveId}/kicks", params(("liveId" = LiveId, Path)), request_body = KickUser,
    responses((status = 204)),
)]
pub(super) async fn kick(
    State(app): State<App>,
    Service(key): Service,
    Id(live_id): Id<LiveId>,
    Body(KickUser { user_id }): Body<KickUser>,
) -> Result<StatusCode, Problem> {
    let action = ServiceAction::Moderate { live_id, user_id, action: ModerationAction::Kick };
    app.engine.command(key, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The users banned from a live, by user id.
///
/// A page has 20 users if `count` is absent, and at most 50.
#[utoipa::path(
    get, path = "/lives/{liveId}/bans", params(("liveId" = LiveId, Path), Page),
    responses((status = 200, body = BannedUserPage)),
)]
pub(super) async fn bans(
    State(app): State<App>,
    _: Service,
    Id(live): Id<LiveId>,
    Params(page): Params<Page>,
) -> Result<Json<BannedUserPage>, Problem> {
    let count = Page::count(page.count, limits::DEFAULT_LIST_COUNT, limits::MAX_LIST_COUNT)?;
    let read = app.engine.read(move |engine| engine.banned_users(&live, None, &page.cursor, count));
    Ok(Json(read.await??))
}

/// Puts a user out of a live until the ban is over or lifted.
#[utoipa::path(
    put, path = "/lives/{liveId}/bans/{userId}", params(("liveId" = LiveId, Path), ("userId" = UserId, Path)),
    request_body = BanOptions, responses((status = 200, body = BannedUser)),
)]
pub(super) async fn ban(
    State(app): State<App>,
    Service(key): Service,
    LiveUser(live_id, user_id): LiveUser,
    Body(BanOptions { duration_ms }): Body<BanOptions>,
) -> Result<Json<Reply>, Problem> {
    let action = ServiceAction::Moderate { live_id, user_id, action: ModerationAction::Ban { duration_ms } };
    Ok(Json(app.engine.command(key, action).await?))
}

/// Lifts a ban. It does no harm if there is none.
#[utoipa::path(
    delete, path = "/lives/{liveId}/bans/{userId}", params(("liveId" = LiveId, Path), ("userId" = UserId, Path)),
    responses((status = 204)),
)]
pub(super) async fn unban(
    State(app): State<App>,
    Service(key): Service,
    LiveUser(live_id, user_id): LiveUser,
) -> Result<StatusCode, Problem> {
    let action = ServiceAction::Moderate { live_id, user_id, action: ModerationAction::Unban };
    app.engine.command(key, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Users who may not send texts in a live.
#[utoipa::path(
    get, path = "/lives/{liveId}/mutes", params(("liveId" = LiveId, Path)), responses((status = 200, body = MutedUsers)),
)]
pub(super) async fn mutes(
    State(app): State<App>,
    _: Service,
    Id(live): Id<LiveId>,
) -> Result<Json<MutedUsers>, Problem> {
    let user_ids = app.engine.read(move |engine| engine.muted_users(&live)).await??;
    Ok(Json(MutedUsers { user_ids }))
}

/// Forbids a user to send texts in a live.
#[utoipa::path(
    put, path = "/lives/{liveId}/mutes/{userId}", params(("liveId" = LiveId, Path), ("userId" = UserId, Path)),
    responses((status = 204)),
)]
pub(super) async fn mute(
    State(app): State<App>,
    Service(key): Service,
    LiveUser(live_id, user_id): LiveUser,
) -> Result<StatusCode, Problem> {
    let action = ServiceAction::Moderate { live_id, user_id, action: ModerationAction::Mute };
    app.engine.command(key, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Allows a user to send texts again. It does no harm if it was never forbidden.
#[utoipa::path(
    delete, path = "/lives/{liveId}/mutes/{userId}", params(("liveId" = LiveId, Path), ("userId" = UserId, Path)),
    responses((status = 204)),
)]
pub(super) async fn unmute(
    State(app): State<App>,
    Service(key): Service,
    LiveUser(live_id, user_id): LiveUser,
) -> Result<StatusCode, Problem> {
    let action = ServiceAction::Moderate { live_id, user_id, action: ModerationAction::Unmute };
    app.engine.command(key, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The users banned from the server, by user id.
///
/// A page has 20 users if `count` is absent, and at most 50.
#[utoipa::path(get, path = "/bans", params(Page), responses((status = 200, body = BannedUserPage)))]
pub(super) async fn server_bans(
    State(app): State<App>,
    _: Service,
    Params(page): Params<Page>,
) -> Result<Json<BannedUserPage>, Problem> {
    let count = Page::count(page.count, limits::DEFAULT_LIST_COUNT, limits::MAX_LIST_COUNT)?;
    Ok(Json(app.engine.read(move |engine| engine.banned_from_server(&page.cursor, count)).await??))
}

/// Bans a user from the server.
///
/// Ends the user's live, closes the user's sockets, and refuses every login until the ban ends or
/// is lifted.
#[utoipa::path(
    put, path = "/bans/{userId}", params(("userId" = UserId, Path)), request_body = BanOptions,
    responses((status = 200, body = BannedUser)),
)]
pub(super) async fn ban_from_server(
    State(app): State<App>,
    Service(key): Service,
    Id(user_id): Id<UserId>,
    Body(BanOptions { duration_ms }): Body<BanOptions>,
) -> Result<Json<Reply>, Problem> {
    Ok(Json(app.engine.command(key, ServiceAction::BanUser { user_id, duration_ms }).await?))
}

/// Lets a user onto the server again. It does no harm if there is no ban.
#[utoipa::path(
    delete, path = "/bans/{userId}", params(("userId" = UserId, Path)), responses((status = 204)),
)]
pub(super) async fn unban_from_server(
    State(app): State<App>,
    Service(key): Service,
    Id(user_id): Id<UserId>,
) -> Result<StatusCode, Problem> {
    app.engine.command(key, ServiceAction::UnbanUser { user_id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
