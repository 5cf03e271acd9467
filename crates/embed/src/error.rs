//! Errors as plain objects `{code, name, message, retryable}`.

use duelcast::signaling::CallError;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::values::to_value;

#[derive(Serialize)]
struct Failure {
    /// The protocol's number; 0 when it was not the server that refused.
    code: i32,
    name: &'static str,
    message: String,
    retryable: bool,
}

pub(crate) fn to_js(error: &CallError) -> JsValue {
    to_value(&Failure {
        code: error.code().map_or(0, duelcast_protocol::ErrorCode::number),
        name: name(error),
        message: error.to_string(),
        retryable: error.is_retryable(),
    })
}

fn name(error: &CallError) -> &'static str {
    match error {
        CallError::Rejected(rejection) => rejection.code.name(),
        CallError::NotSignedIn => "notSignedIn",
        CallError::Offline(_) => "offline",
        CallError::ConnectionLost => "connectionLost",
        CallError::TimedOut => "timedOut",
        CallError::TooManyCalls => "tooManyCalls",
        CallError::BadReply(_) => "badReply",
    }
}
