//! One page per user of a browser: a Web Lock, which the browser releases when the page is closed
//! or crashes.

use duelcast_protocol::UserId;
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Claims the user for this page; returns whether that succeeded. Without Web Locks (they need
/// https or localhost), it always succeeds.
pub(crate) async fn claim(user_id: &UserId) -> bool {
    let (sender, granting) = oneshot::channel();
    let granted = Closure::once_into_js(move |lock: JsValue| {
        let is_granted = !lock.is_null();
        // The receiver may have been dropped.
        let _ = sender.send(is_granted);
        if is_granted { until_the_page_is_gone() } else { Promise::resolve(&JsValue::UNDEFINED) }
    });
    let Some(request) = request(&format!("duelcast.user.{user_id}"), &granted) else {
        return true;
    };
    match select(granting, JsFuture::from(request)).await {
        Either::Left((is_granted, _)) => is_granted.unwrap_or(true),
        Either::Right(_) => true,
    }
}

/// `navigator.locks.request(name, {ifAvailable: true}, granted)`; `None` if the browser has no Web
/// Locks.
fn request(name: &str, granted: &JsValue) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    request.call3(&locks, &name.into(), &options, granted).ok()?.dyn_into().ok()
}

fn until_the_page_is_gone() -> Promise {
    Promise::new(&mut |_, _| {})
}
