//! A panic ends this client, not the page. The hook writes its message to the console; the trap
//! that follows is reported to the page by `xtask/scripts/guard.js`, which takes the place of
//! [`on_panic`] in the package.

use js_sys::Function;
use wasm_bindgen::prelude::*;

/// Calls `listener` with the `Error` of a trap. The module must not be called after it.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(listener: Function) {
    drop(listener);
}

/// Panics, so that a page can try how it handles that.
///
/// # Panics
/// Always.
#[wasm_bindgen(js_name = breakOnPurpose)]
pub fn break_on_purpose() {
    panic!("broken on purpose");
}

/// Writes the message of every panic to the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
