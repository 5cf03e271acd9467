//! Values of ours as those of JavaScript.

use duelcast_protocol::wire::{ToWire, write};
use wasm_bindgen::JsValue;

/// A plain object with the names of the wire.
pub(crate) fn to_value<T: ToWire + ?Sized>(value: &T) -> JsValue {
    from_json(&write(value))
}

pub(crate) fn from_json(text: &str) -> JsValue {
    js_sys::JSON::parse(text).unwrap_or(JsValue::UNDEFINED)
}
