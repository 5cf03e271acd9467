//! Tokens for guests, who give a name and nothing else. Only in demo mode.

use std::time::Duration;

use axum::{Extension, Json, extract::State, http::StatusCode};
use duelcast_protocol::{
    ErrorCode, UserId, limits,
    text::{is_blank, is_presentable_line},
};
use duelcast_secrets::random;
use serde::{Deserialize, Serialize};

use super::{App, Problem, extract::Body};
use crate::{
    admission::ClientAddress,
    auth::{self, ApiKey, Claims},
};

/// How long a guest's token is good for.
const GUEST_TTL: Duration = Duration::from_secs(24 * 3_600);

/// Signs tokens of guests.
#[derive(Debug)]
pub(crate) struct GuestTokens {
    key: ApiKey,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Guest {
    user_name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GuestToken {
    token: String,
    user_id: UserId,
}

impl GuestTokens {
    pub(crate) fn new(key: ApiKey) -> Self {
        Self { key }
    }

    fn sign_in(&self, name: &str) -> GuestToken {
        let user_id = UserId::new(format!("guest-{}", random::id())).expect("letters and digits make an id");
        let claims =
            Claims { create_live: true, ..Claims::new(&self.key.id, user_id.clone(), name, GUEST_TTL) };
        GuestToken { token: auth::mint(&self.key, &claims), user_id }
    }
}

pub(super) async fn token(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    Body(guest): Body<Guest>,
) -> Result<Json<GuestToken>, Problem> {
    let closed = || {
        let sentence = "Guests may log in only when the server runs with --demo.";
        Problem::with_status(StatusCode::NOT_FOUND, ErrorCode::MethodNotFound, sentence)
    };
    let guests = app.guests.ok_or_else(closed)?;
    let name = guest.user_name.trim();
    let is_fit = (1..=limits::MAX_USER_NAME_CHARS).contains(&name.chars().count());
    if !is_fit || !is_presentable_line(name) || is_blank(name) {
        let sentence =
            format!("userName must have 1 to {} characters that can be seen.", limits::MAX_USER_NAME_CHARS);
        return Err(Problem::new(ErrorCode::InvalidParams, sentence));
    }
    app.gateway.admission.guest(client)?;
    Ok(Json(guests.sign_in(name)))
}
