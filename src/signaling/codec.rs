//! Frames: the browser's own JSON, and serde-wasm-bindgen between it and our types.

use duelcast_protocol::{Notification, Rejection, RequestId, RpcError, RpcRequest};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

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

/// Writes a request.
pub(crate) fn write_request<P: Serialize>(id: u64, method: &str, params: P) -> Result<String, String> {
    let request = RpcRequest::new(RequestId::Number(id), method, params);
    let value = request.serialize(&Serializer::json_compatible()).map_err(|error| error.to_string())?;
    let text = js_sys::JSON::stringify(&value).map_err(|error| format!("{error:?}"))?;
    Ok(text.into())
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
    match from_js(value) {
        Ok(notification) => Incoming::Notification(Box::new(notification)),
        Err(detail) => Incoming::Other(detail),
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

/// A value of ours from one of JavaScript.
pub(crate) fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value).map_err(|error| error.to_string())
}
