//! One page for each user of a browser: a lock that the browser takes back when the page is gone, however it went.

use duelcast_protocol::UserId;
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Whether this user is this page's now. Where the browser has no locks (they need https or localhost), always.
pub(crate) async fn claim(user_id: &UserId) -> bool {
    let (sender, granting) = oneshot::channel();
    let granted = Closure::once_into_js(move |lock: JsValue| {
        let is_granted = !lock.is_null();
        // The page may have stopped waiting.
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

/// `navigator.locks.request(name, {ifAvailable: true}, granted)`; `None` where there is no such thing.
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
