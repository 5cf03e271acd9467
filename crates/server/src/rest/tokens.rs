//! `/v1/tokens`: a back end has tokens minted for its users.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use duelcast_protocol::{
    ErrorCode, limits,
    rest::{MintToken, MintedToken},
};

use super::{
    App, Problem,
    extract::{Body, Service},
};
use crate::auth::{self, Claims};

type Minted = (StatusCode, [(HeaderName, &'static str); 1], Json<MintedToken>);

/// Mints a token for a user, signed with the key of the caller's own token. It never opens REST.
#[utoipa::path(post, path = "/tokens", request_body = MintToken, responses((status = 201, body = MintedToken)))]
pub(super) async fn mint(
    State(app): State<App>,
    Service(key): Service,
    Body(request): Body<MintToken>,
) -> Result<Minted, Problem> {
    let MintToken { user_id, user_name, avatar_url, create_live, ttl_ms } = request;
    let ttl_ms = ttl_ms.unwrap_or(limits::DEFAULT_TOKEN_TTL_MS);
    if !(limits::MIN_TOKEN_TTL_MS..=limits::MAX_TOKEN_TTL_MS).contains(&ttl_ms) {
        let sentence = format!("ttlMs must be {} to {}.", limits::MIN_TOKEN_TTL_MS, limits::MAX_TOKEN_TTL_MS);
        return Err(Problem::new(ErrorCode::InvalidParams, sentence));
    }
    let signer = app
        .keys
        .signer(&key)
        .ok_or_else(|| Problem::new(ErrorCode::Unauthorized, "The token's key is unknown."))?;
    let claims = Claims::new(&key, user_id.clone(), &user_name, std::time::Duration::from_millis(ttl_ms));
    let claims = Claims { avatar_url, create_live, ..claims };
    claims.check().map_err(|rejection| Problem::new(ErrorCode::InvalidParams, rejection.sentence()))?;
    let answer = MintedToken { token: auth::mint(&signer, &claims), user_id, expires_at: claims.exp * 1_000 };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(answer)))
}
