//! Token decoding with browser functions.

use wasm_bindgen::JsValue;

/// Expiry time of a JWT in milliseconds since the Unix epoch, if it has one. The signature is not
/// verified; the server does that.
pub(crate) fn token_expires_at_ms(token: &str) -> Option<f64> {
    let payload: String = token.split_once('.')?.1.split_once('.')?.0.chars().map(of_plain_base64).collect();
    let json = web_sys::window()?.atob(&payload).ok()?;
    let claims = js_sys::JSON::parse(&json).ok()?;
    let seconds = js_sys::Reflect::get(&claims, &JsValue::from_str("exp")).ok()?.as_f64()?;
    Some(seconds * 1_000.0)
}

/// Maps a character of the URL-safe Base64 alphabet to the standard one, which `atob` reads.
fn of_plain_base64(letter: char) -> char {
    match letter {
        '-' => '+',
        '_' => '/',
        other => other,
    }
}
