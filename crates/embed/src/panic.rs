//! A panic ends this client, not the page: the page hears of it. A release build has no hook and no message; there
//! `xtask/scripts/guard.js` takes the place of [`on_panic`] and tells of any trap.

use js_sys::Function;
use wasm_bindgen::prelude::*;

/// From now on `listener` hears of a panic: an `Error` with its message and stack.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(listener: Function) {
    #[cfg(panic = "immediate-abort")]
    drop(listener);
    #[cfg(not(panic = "immediate-abort"))]
    hook::set(listener);
}

#[cfg(not(panic = "immediate-abort"))]
mod hook {
    use std::cell::RefCell;

    use js_sys::{Error, Function};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = console, js_name = error)]
        fn log(error: &Error);
    }

    thread_local! {
        static LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
    }

    pub(super) fn set(listener: Function) {
        LISTENER.set(Some(listener));
        std::panic::set_hook(Box::new(|info| {
            let error = Error::new(&info.to_string());
            log(&error);
            if let Some(listener) = LISTENER.with_borrow(Clone::clone) {
                drop(listener.call1(&JsValue::NULL, &error));
            }
        }));
    }
}

/// Panics, so that a page can try what it does then.
///
/// # Panics
/// Always.
#[wasm_bindgen(js_name = breakOnPurpose)]
pub fn break_on_purpose() {
    panic!("broken on purpose");
}
