//! A login token in the address: `?token=…`, for tests and for pages that embed this one.

use wasm_bindgen::JsValue;
use web_sys::{UrlSearchParams, Window};

const PARAMETER: &str = "token";

/// Takes the token from the address and removes it from the address bar, so that it is not shared
/// with the link.
#[must_use]
pub fn take_token() -> Option<String> {
    let window = web_sys::window()?;
    let search = window.location().search().ok()?;
    let parameters = UrlSearchParams::new_with_str(&search).ok()?;
    let token = parameters.get(PARAMETER)?;
    parameters.delete(PARAMETER);
    show_address(&window, &parameters)?;
    Some(token)
}

fn show_address(window: &Window, parameters: &UrlSearchParams) -> Option<()> {
    let rest = String::from(parameters.to_string());
    let path = window.location().pathname().ok()?;
    let address = if rest.is_empty() { path } else { format!("{path}?{rest}") };
    window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&address)).ok()
}
