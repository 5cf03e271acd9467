//! Frames: the browser's own JSON, and serde-wasm-bindgen between it and our types.

use duelcast_protocol::{JSONRPC, Notification, Rejection, RpcError};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::{Deserializer, Serializer};
use wasm_bindgen::JsValue;

use super::error::CallError;

/// An answer that is not read yet: what type it has is known to who asked.
pub(crate) struct Answer {
    pub(crate) id: u64,
    pub(crate) outcome: Result<JsValue, Rejection>,
}

/// A frame of the server.
pub(crate) enum Incoming {
    Answer(Answer),
    Notification(Box<Notification>),
    /// An answer to no request of ours, or what we do not understand.
    Other(String),
}

/// Writes the parameters of a request.
pub(crate) fn write_params<P: Serialize>(params: &P) -> Result<String, CallError> {
    let value = params.serialize(&Serializer::json_compatible());
    stringify(value.map_err(|error| error.to_string())).map_err(CallError::BadReply)
}

fn stringify(value: Result<JsValue, String>) -> Result<String, String> {
    js_sys::JSON::stringify(&value?).map(Into::into).map_err(|error| format!("{error:?}"))
}

/// Writes a request; `method` is a name and needs no escape.
pub(crate) fn write_request(id: u64, method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"{JSONRPC}","id":{id},"method":"{method}","params":{params}}}"#)
}

/// Reads a frame.
pub(crate) fn read_frame(text: &str) -> Incoming {
    match js_sys::JSON::parse(text) {
        Ok(value) => read_value(value),
        Err(_) => Incoming::Other("a frame is not JSON".to_owned()),
    }
}

fn read_value(value: JsValue) -> Incoming {
    if let Some(id) = field(&value, "id").as_f64() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "our ids count up from 1")]
        let id = id as u64;
        return Incoming::Answer(Answer { id, outcome: read_outcome(&value) });
    }
    let method = field(&value, "method").as_string().unwrap_or_default();
    match Notification::decode(&method, Deserializer::from(field(&value, "params"))) {
        Some(Ok(notification)) => Incoming::Notification(Box::new(notification)),
        Some(Err(error)) => Incoming::Other(error.to_string()),
        None => Incoming::Other(format!("there is no notification `{method}`")),
    }
}

fn read_outcome(value: &JsValue) -> Result<JsValue, Rejection> {
    let error = field(value, "error");
    if error.is_undefined() {
        return Ok(field(value, "result"));
    }
    let error: RpcError = from_js(error).unwrap_or_else(|detail| {
        let unreadable = Rejection::new(duelcast_protocol::ErrorCode::Internal, detail);
        (&unreadable).into()
    });
    Err(error.into())
}

fn field(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// An answer of the type that the method answers.
pub(crate) fn read_reply<T: DeserializeOwned>(value: JsValue) -> Result<T, CallError> {
    from_js(value).map_err(CallError::BadReply)
}

/// A value of ours from one of JavaScript.
fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value).map_err(|error| error.to_string())
}
