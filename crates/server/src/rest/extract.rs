//! What handlers take from a request, with our own errors.

use std::str::FromStr;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::request::Parts,
};
use duelcast_protocol::{ErrorCode, InvalidId, KeyId, LiveId, Strict, UserId, limits};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::IntoParams;

use super::{App, Problem, admission::Caller};

/// A back end with a valid service token.
pub(super) struct Service(pub KeyId);

impl FromRequestParts<App> for Service {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Problem> {
        let Caller(service) = parts.extensions.get().cloned().expect("every request passes admission");
        Ok(Self(service?))
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

/// Which page of a list of users.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// Of the page before; empty for the first.
    #[serde(default)]
    #[param(pattern = "^[A-Za-z0-9._:@-]{0,64}$")]
    pub cursor: String,
    /// 1 to 50; 20 if absent.
    #[param(minimum = 1, maximum = 50)]
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

/// A JSON body: an object without members that the type does not have.
pub(super) struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            Problem::with_status(error.status(), ErrorCode::InvalidRequest, error.body_text())
        })?;
        match serde_json::from_slice(&bytes) {
            Ok(Strict(body)) => Ok(Self(body)),
            Err(error) if error.is_data() => with_whole_numbers(&bytes)
                .map(Self)
                .ok_or_else(|| Problem::new(ErrorCode::InvalidParams, error.to_string())),
            Err(_) => Err(Problem::new(ErrorCode::ParseError, "The body is not JSON.")),
        }
    }
}

/// Reads a body in which whole numbers are written with a fraction of zero, as some languages do:
/// for JSON Schema, 5.0 is an integer. `None` if there is no such number, or if that is not all
/// that is wrong.
fn with_whole_numbers<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let mut body = serde_json::from_slice(bytes).ok()?;
    if !make_whole(&mut body) {
        return None;
    }
    let Strict(body) = serde_json::from_value(body).ok()?;
    Some(body)
}

/// Says whether there was such a number.
fn make_whole(value: &mut Value) -> bool {
    match value {
        Value::Number(number) => {
            let whole = number.as_f64().filter(|_| number.is_f64()).and_then(as_integer);
            let is_changed = whole.is_some();
            if let Some(whole) = whole {
                *value = whole.into();
            }
            is_changed
        }
        Value::Array(items) => items.iter_mut().fold(false, |is_changed, item| make_whole(item) | is_changed),
        Value::Object(fields) => {
            fields.values_mut().fold(false, |is_changed, field| make_whole(field) | is_changed)
        }
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// The integer, if it is one that readers of JSON keep exact.
fn as_integer(number: f64) -> Option<i64> {
    let is_exact = number.fract() == 0.0 && number.abs() <= limits::MAX_SAFE_INTEGER as f64;
    is_exact.then_some(number as i64)
}

/// The header `Idempotency-Key`.
#[derive(IntoParams)]
#[into_params(names("idempotency-key"), parameter_in = Header)]
pub(super) struct IdempotencyKey(
    /// Names this update. A client that got no answer sends it again with the same key.
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_whole_number_may_be_written_with_a_fraction_of_zero() {
        let read = |text: &str| with_whole_numbers::<Vec<i64>>(text.as_bytes());
        assert_eq!(read("[1.0, -2.0e3, 3]"), Some(vec![1, -2_000, 3]));
        for wrong in ["[1]", "[1.5]", "[1e300]", "[1.0, \"2\"]", "[9007199254740993.0e1]"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn other_values_stay_as_they_are() {
        let mut value = json!({ "a": [1.5, "1.0", null], "b": { "c": 2.0 } });
        assert!(make_whole(&mut value));
        assert_eq!(value, json!({ "a": [1.5, "1.0", null], "b": { "c": 2 } }));
    }
}
