//! A token given to this page from outside. It is stored for this page only and survives a reload.

use web_sys::Storage;

use super::js;

const TOKEN_KEY: &str = "duelcast.token";

fn of_page() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The stored token, unless it has expired.
pub(crate) fn restore() -> Option<String> {
    let token = of_page()?.get_item(TOKEN_KEY).ok()??;
    let is_good = js::token_expires_at_ms(&token).is_none_or(|at| at > js_sys::Date::now());
    is_good.then_some(token)
}

pub(crate) fn store(token: &str) {
    if let Some(storage) = of_page() {
        drop(storage.set_item(TOKEN_KEY, token));
    }
}

pub(crate) fn forget() {
    if let Some(storage) = of_page() {
        drop(storage.remove_item(TOKEN_KEY));
    }
}
