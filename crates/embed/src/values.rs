//! Rust values as JavaScript values.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A plain value with the member names of the wire, as `JSON.parse` would give it: maps are
/// objects, `None` is `null`. `undefined` for a number above 2^53 - 1, which the protocol has none
/// of.
pub(crate) fn to_value<T: Serialize + ?Sized>(value: &T) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
