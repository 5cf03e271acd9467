//! Tokens with what the browser brings along.

use wasm_bindgen::JsValue;

/// When a JWT expires, if it says so. Nothing is verified: that is the server's part.
pub(crate) fn token_expires_at_ms(token: &str) -> Option<f64> {
    let payload: String = token.split_once('.')?.1.split_once('.')?.0.chars().map(of_plain_base64).collect();
    let json = web_sys::window()?.atob(&payload).ok()?;
    let claims = js_sys::JSON::parse(&json).ok()?;
    let seconds = js_sys::Reflect::get(&claims, &JsValue::from_str("exp")).ok()?.as_f64()?;
    Some(seconds * 1_000.0)
}

/// A letter of the alphabet for addresses in the one that `atob` reads.
fn of_plain_base64(letter: char) -> char {
    match letter {
        '-' => '+',
        '_' => '/',
        other => other,
    }
}
