//! Errors over HTTP: `application/problem+json` (RFC 9457) with the numbers and names of the socket
//! protocol.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use duelcast_protocol::{DurationMs, ErrorCode, Rejection};
use serde::Serialize;
use utoipa::ToSchema;

use super::request;

/// When to try again what may succeed later, if nothing else is known.
const RETRY_AFTER_SECONDS: u64 = 1;

/// A refusal with its HTTP status.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    rejection: Rejection,
}

/// An error, as RFC 9457 has it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub(super) struct ProblemBody {
    /// `urn:duelcast:error:` and the name.
    r#type: String,
    /// The same for every error of this name.
    title: &'static str,
    status: u16,
    /// What is wrong with this request.
    detail: String,
    /// `urn:duelcast:request:` and the request's id, which is in the server's log, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// The error's number, as on the socket.
    code: i32,
    name: &'static str,
    /// Whether the same request may succeed later.
    retryable: bool,
    /// In how long, where that is known. The header `Retry-After` says it in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<DurationMs>,
}

impl Problem {
    pub(crate) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Rejection::new(code, detail).into()
    }

    pub(crate) fn with_status(status: StatusCode, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { status, rejection: Rejection::new(code, detail) }
    }

    pub(crate) fn method_not_allowed() -> Self {
        let sentence = "This address does not take this method.";
        Self::with_status(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotFound, sentence)
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        Self { status: status(rejection.code), rejection }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the archive cannot be read");
        Rejection::from(ErrorCode::Internal).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let code = self.rejection.code;
        let body = ProblemBody {
            r#type: format!("urn:duelcast:error:{}", code.name()),
            title: code.message(),
            status: self.status.as_u16(),
            detail: self.rejection.sentence().to_owned(),
            instance: request::current().map(|id| format!("urn:duelcast:request:{id}")),
            code: code.number(),
            name: code.name(),
            retryable: code.is_retryable(),
            retry_after_ms: self.rejection.retry_after_ms,
        };
        let headers = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, headers, Json(body)).into_response();
        if matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            let seconds = self.rejection.retry_after_ms.map_or(RETRY_AFTER_SECONDS, |ms| ms.div_ceil(1_000));
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::ParseError | ErrorCode::InvalidRequest | ErrorCode::InvalidParams => {
            StatusCode::BAD_REQUEST
        }
        ErrorCode::Unauthorized => StatusCode::UNAUTHORIZED,
        ErrorCode::NoPermission | ErrorCode::UserBanned | ErrorCode::SendMessageDisabled => {
            StatusCode::FORBIDDEN
        }
        ErrorCode::MethodNotFound
        | ErrorCode::RoomNotExist
        | ErrorCode::SeatNotExist
        | ErrorCode::SeatRequestNotExist
        | ErrorCode::ConnectionNotExist
        | ErrorCode::BattleNotExistOrEnded
        | ErrorCode::LedgerEntryNotExist => StatusCode::NOT_FOUND,
        ErrorCode::TooFrequent => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::ScoreOutOfRange | ErrorCode::RoomNotInBattle | ErrorCode::NoValidRoom => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ErrorCode::RoomExists
        | ErrorCode::SeatLocked
        | ErrorCode::SeatOccupied
        | ErrorCode::AlreadyOnSeat
        | ErrorCode::NoFreeSeat
        | ErrorCode::NotOnSeat
        | ErrorCode::SeatNeedsApplication
        | ErrorCode::PendingSeatRequest
        | ErrorCode::MicrophoneNotAllowed
        | ErrorCode::RoomInConnection
        | ErrorCode::PendingConnectionRequest
        | ErrorCode::RoomConnectedInOther
        | ErrorCode::ConnectionOrBattleLimitExceeded
        | ErrorCode::InOtherBattle
        | ErrorCode::PendingBattleRequest
        | ErrorCode::CannotCancelRunningBattle
        | ErrorCode::BattleNotStarted
        | ErrorCode::BattleHasEnded
        | ErrorCode::IdempotencyConflict
        | ErrorCode::AlreadyReversed
        | ErrorCode::LedgerFull
        | ErrorCode::ListFull => StatusCode::CONFLICT,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
