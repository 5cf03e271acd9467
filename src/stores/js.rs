//! JSON and tokens with what the browser brings along.

use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A value of ours as JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, String> {
    let value = value.serialize(&Serializer::json_compatible()).map_err(|error| error.to_string())?;
    js_sys::JSON::stringify(&value).map(Into::into).map_err(|error| format!("{error:?}"))
}

/// A value of ours from JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = js_sys::JSON::parse(text).map_err(|error| format!("{error:?}"))?;
    serde_wasm_bindgen::from_value(value).map_err(|error| error.to_string())
}

/// When a JWT expires, if it says so. Nothing is verified: that is the server's part.
pub(crate) fn token_expires_at_ms(token: &str) -> Option<f64> {
    let payload = token.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    let json = web_sys::window()?.atob(&payload).ok()?;
    let claims = js_sys::JSON::parse(&json).ok()?;
    let seconds = js_sys::Reflect::get(&claims, &JsValue::from_str("exp")).ok()?.as_f64()?;
    Some(seconds * 1_000.0)
}
