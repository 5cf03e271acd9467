//! Frames: requests as they are sent, and what comes in.

use duelcast_protocol::{
    JSONRPC, Notification, Rejection, RpcError,
    wire::{FromWire, Json, Part},
};

use super::error::CallError;

/// An answer that is not read yet: what type it has is known to who asked.
pub(crate) struct Answer {
    pub(crate) id: u64,
    pub(crate) outcome: Result<Part, Rejection>,
}

/// A frame of the server.
pub(crate) enum Incoming {
    Answer(Answer),
    Notification(Box<Notification>),
    /// An answer to no request of ours, or what we do not understand.
    Other(String),
}

/// Writes a request; `method` is a name and needs no escape.
pub(crate) fn write_request(id: u64, method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"{JSONRPC}","id":{id},"method":"{method}","params":{params}}}"#)
}

/// Reads a frame.
pub(crate) fn read_frame(text: String) -> Incoming {
    let frame = match Json::parse(text) {
        Ok(json) => json.root(),
        Err(error) => return Incoming::Other(error),
    };
    if let Some(id) = frame.get("id") {
        return Incoming::Answer(Answer { id, outcome: read_outcome(frame) });
    }
    frame.read().map_or_else(Incoming::Other, |notification| Incoming::Notification(Box::new(notification)))
}

fn read_outcome(frame: Part) -> Result<Part, Rejection> {
    let internal = |detail: String| Rejection::new(duelcast_protocol::ErrorCode::Internal, detail);
    let is_refused = frame.has("error");
    let outcome = frame.member(if is_refused { "error" } else { "result" });
    let outcome = outcome.ok_or_else(|| internal("the answer is empty".to_owned()))?;
    if is_refused {
        return Err(outcome.read::<RpcError>().map_or_else(internal, Rejection::from));
    }
    Ok(outcome)
}

/// An answer of the type that the method answers.
#[inline(never)]
pub(crate) fn read_reply<T: FromWire>(reply: &Part) -> Result<T, CallError> {
    reply.read().map_err(CallError::BadReply)
}
