//! Tokens with what the browser brings along.

use wasm_bindgen::JsValue;

/// When a JWT expires, if it says so. Nothing is verified: that is the server's part.
pub(crate) fn token_expires_at_ms(token: &str) -> Option<f64> {
    let payload = token.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    let json = web_sys::window()?.atob(&payload).ok()?;
    let claims = js_sys::JSON::parse(&json).ok()?;
    let seconds = js_sys::Reflect::get(&claims, &JsValue::from_str("exp")).ok()?.as_f64()?;
    Some(seconds * 1_000.0)
}
