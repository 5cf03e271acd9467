//! A login token in the address: `?token=…`, for tests and for pages that embed this one. Kept as long as the tab, so that a
//! reload is the same user.

use wasm_bindgen::JsValue;
use web_sys::{UrlSearchParams, Window};

const PARAMETER: &str = "token";
/// Where the tab keeps it.
const KEY: &str = "duelcast.token";

/// The token of the address, which is taken out of the address bar so that nobody copies it along; else the one that this
/// tab was given before.
#[must_use]
pub fn take_token() -> Option<String> {
    let window = web_sys::window()?;
    let storage = window.session_storage().ok()?;
    let given = take_from_address(&window);
    match (given, storage) {
        (Some(token), Some(storage)) => {
            drop(storage.set_item(KEY, &token));
            Some(token)
        }
        (None, Some(storage)) => storage.get_item(KEY).ok()?,
        (given, None) => given,
    }
}

fn take_from_address(window: &Window) -> Option<String> {
    let search = window.location().search().ok()?;
    let parameters = UrlSearchParams::new_with_str(&search).ok()?;
    let token = parameters.get(PARAMETER)?;
    parameters.delete(PARAMETER);
    show_address(window, &parameters)?;
    Some(token)
}

fn show_address(window: &Window, parameters: &UrlSearchParams) -> Option<()> {
    let rest = String::from(parameters.to_string());
    let path = window.location().pathname().ok()?;
    let address = if rest.is_empty() {
        path
    } else {
        format!("{path}?{rest}")
    };
    window
        .history()
        .ok()?
        .replace_state_with_url(&JsValue::NULL, "", Some(&address))
        .ok()
}
