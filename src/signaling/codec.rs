//! Encoding of requests and decoding of the server's frames.

use std::borrow::Cow;

use duelcast_protocol::{ErrorCode, JSONRPC, Notification, Rejection, RpcError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::error::CallError;

/// The JSON of a result. The caller knows its type.
pub type RawReply = Box<RawValue>;

/// The answer to a request.
pub(crate) struct Answer {
    pub(crate) id: u64,
    pub(crate) outcome: Result<RawReply, Rejection>,
}

/// A frame from the server.
pub(crate) enum Incoming {
    Answer(Answer),
    Notification(Box<Notification>),
    /// Neither an answer to a pending request nor a known notification; contains the reason.
    Other(String),
}

/// The envelope of every server frame.
#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(default)]
    id: Option<u64>,
    #[serde(default)]
    result: Option<RawReply>,
    #[serde(default)]
    error: Option<RpcError>,
    #[serde(default, borrow)]
    method: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    params: Option<&'a RawValue>,
}

/// Serializes parameters as JSON.
pub(crate) fn write_params(params: &impl Serialize) -> String {
    serde_json::to_string(params).expect("parameters have text keys and cannot fail")
}

/// Encodes a request. `method` must not need escaping.
pub(crate) fn write_request(id: u64, method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"{JSONRPC}","id":{id},"method":"{method}","params":{params}}}"#)
}

/// Decodes a frame.
pub(crate) fn read_frame(text: &str) -> Incoming {
    let frame: Frame<'_> = match serde_json::from_str(text) {
        Ok(frame) => frame,
        Err(error) => return Incoming::Other(error.to_string()),
    };
    match frame {
        Frame { id: Some(id), error: Some(error), .. } => {
            Incoming::Answer(Answer { id, outcome: Err(error.into()) })
        }
        Frame { id: Some(id), result, .. } => {
            let empty = || Rejection::new(ErrorCode::Internal, "the answer is empty".to_owned());
            Incoming::Answer(Answer { id, outcome: result.ok_or_else(empty) })
        }
        Frame { method: Some(method), params, .. } => {
            let params = params.map_or("{}", RawValue::get);
            match Notification::from_frame(&method, params) {
                Ok(notification) => Incoming::Notification(Box::new(notification)),
                Err(error) => Incoming::Other(error.to_string()),
            }
        }
        _ => Incoming::Other("a frame with neither id nor method".to_owned()),
    }
}

/// Deserializes a result.
pub(crate) fn read_reply<T: DeserializeOwned>(reply: &RawValue) -> Result<T, CallError> {
    serde_json::from_str(reply.get()).map_err(|error| CallError::BadReply(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_later_version_keeps_its_place_in_the_stream() {
        let text = r#"{"jsonrpc":"2.0","method":"event","params":{"type":"onFuture","liveId":"a","seq":7,"at":1,"more":[]}}"#;
        let Incoming::Notification(notification) = read_frame(text) else { panic!("a notification") };
        let Notification::Event(frame) = *notification else { panic!("an event") };
        assert_eq!((frame.seq, frame.event), (Some(7), duelcast_protocol::Event::Unknown {}));
    }

    #[test]
    fn an_answer_is_a_result_or_an_error_and_an_empty_one_is_an_error() {
        let outcome = |text| match read_frame(text) {
            Incoming::Answer(answer) => {
                answer.outcome.map(|reply| reply.get().to_owned()).map_err(|error| error.code)
            }
            Incoming::Notification(_) | Incoming::Other(_) => panic!("an answer"),
        };
        assert_eq!(outcome(r#"{"id":1,"result":{"a":1}}"#), Ok(r#"{"a":1}"#.to_owned()));
        assert_eq!(
            outcome(r#"{"id":1,"error":{"code":100006,"message":"no"}}"#),
            Err(ErrorCode::NoPermission)
        );
        assert_eq!(outcome(r#"{"id":1}"#), Err(ErrorCode::Internal));
    }

    #[test]
    fn other_frames_are_reported_with_their_reason() {
        for text in ["[", "{}", r#"{"id":"x"}"#, r#"{"method":"whatever","params":{}}"#] {
            assert!(matches!(read_frame(text), Incoming::Other(reason) if !reason.is_empty()), "{text}");
        }
    }
}
