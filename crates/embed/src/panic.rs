//! A panic ends this client, not the page: the page hears of it.

use js_sys::Function;
use wasm_bindgen::prelude::*;

thread_local! {
    static LISTENER: std::cell::RefCell<Option<Function>> = const { std::cell::RefCell::new(None) };
}

/// From now on `listener` hears the message of a panic.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(listener: Function) {
    LISTENER.with_borrow_mut(|kept| *kept = Some(listener));
    std::panic::set_hook(Box::new(|info| {
        LISTENER.with_borrow(|listener| {
            if let Some(listener) = listener {
                drop(listener.call1(&JsValue::NULL, &info.to_string().into()));
            }
        });
    }));
}

/// Panics, so that a page can try what it does then.
///
/// # Panics
/// Always.
#[wasm_bindgen(js_name = breakOnPurpose)]
pub fn break_on_purpose() {
    panic!("broken on purpose");
}
