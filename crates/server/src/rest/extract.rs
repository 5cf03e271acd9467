//! What handlers take from a request, with our own errors.

use std::str::FromStr;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{header, request::Parts},
};
use duelcast_protocol::{ErrorCode, InvalidId, KeyId, LiveId, UserId, limits};
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::IntoParams;

use super::{App, Problem};

/// A back end with a valid service token.
pub(super) struct Service(pub KeyId);

impl FromRequestParts<App> for Service {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let scheme_and_token = header.and_then(|value| value.split_once(' '));
        let (_, token) = scheme_and_token
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .ok_or_else(|| {
                let sentence = "Send a service token: Authorization: Bearer ….";
                Problem::new(ErrorCode::Unauthorized, sentence)
            })?;
        Ok(Self(app.keys.verify_service(token)?))
    }
}

/// The id in the path.
pub(super) struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr<Err = InvalidId>> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let invalid = |error: String| Problem::new(ErrorCode::InvalidParams, error);
        let Path(text): Path<String> =
            Path::from_request_parts(parts, state).await.map_err(|error| invalid(error.body_text()))?;
        text.parse().map(Self).map_err(|error: InvalidId| invalid(error.to_string()))
    }
}

/// The live and the user in the path.
pub(super) struct LiveUser(pub LiveId, pub UserId);

impl<S: Send + Sync> FromRequestParts<S> for LiveUser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let invalid = |error: String| Problem::new(ErrorCode::InvalidParams, error);
        let Path((live, user)): Path<(String, String)> =
            Path::from_request_parts(parts, state).await.map_err(|error| invalid(error.body_text()))?;
        let no_id = |error: InvalidId| invalid(error.to_string());
        Ok(Self(live.parse().map_err(no_id)?, user.parse().map_err(no_id)?))
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// Of the page before; empty for the first.
    #[serde(default)]
    pub cursor: String,
    /// How many at most, from 1 on.
    pub count: Option<u32>,
}

impl Page {
    /// How many are asked for, if it is 1 to `most`.
    pub(super) fn count(asked: Option<u32>, default: u32, most: u32) -> Result<u32, Problem> {
        let count = asked.unwrap_or(default);
        if (1..=most).contains(&count) {
            return Ok(count);
        }
        Err(Problem::new(ErrorCode::InvalidParams, format!("count must be 1 to {most}.")))
    }
}

pub(super) fn no_cursor() -> Problem {
    Problem::new(ErrorCode::InvalidParams, "This is no cursor of ours.")
}

/// What follows the question mark.
pub(super) struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(error) => Err(Problem::new(ErrorCode::InvalidParams, error.body_text())),
        }
    }
}

/// A JSON body.
pub(super) struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            Problem::with_status(error.status(), ErrorCode::InvalidRequest, error.body_text())
        })?;
        match serde_json::from_slice(&bytes) {
            Ok(body) => Ok(Self(body)),
            Err(error) if error.is_data() => Err(Problem::new(ErrorCode::InvalidParams, error.to_string())),
            Err(_) => Err(Problem::new(ErrorCode::ParseError, "The body is not JSON.")),
        }
    }
}

/// The header `Idempotency-Key`.
#[derive(IntoParams)]
#[into_params(names("idempotency-key"), parameter_in = Header)]
pub(super) struct IdempotencyKey(
    /// Names this update; whoever is not sure that it arrived sends it again with the same key.
    #[param(min_length = 1, max_length = 255)]
    pub String,
);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let mut keys = parts.headers.get_all("idempotency-key").into_iter();
        let key = keys.next().and_then(|value| value.to_str().ok());
        match key {
            Some(_) if keys.next().is_some() => {
                Err(Problem::new(ErrorCode::InvalidParams, "One request has one Idempotency-Key."))
            }
            Some(key) if (1..=limits::MAX_IDEMPOTENCY_KEY_BYTES).contains(&key.len()) => {
                Ok(Self(key.to_owned()))
            }
            Some(_) | None => {
                let most = limits::MAX_IDEMPOTENCY_KEY_BYTES;
                let sentence =
                    format!("The header Idempotency-Key with 1 to {most} ASCII characters is required.");
                Err(Problem::new(ErrorCode::InvalidParams, sentence))
            }
        }
    }
}
