//! Events that make an immediate reconnect worthwhile: the network is back, or the page becomes
//! visible.

use std::{cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventTarget;

type Waiting = Rc<RefCell<Option<oneshot::Sender<()>>>>;

/// Listens for the events until it is dropped.
pub(crate) struct Wake {
    waiting: Waiting,
    callback: Closure<dyn FnMut()>,
}

fn wake(waiting: &Waiting) {
    if let Some(sender) = waiting.borrow_mut().take() {
        let _ = sender.send(());
    }
}

/// Pages and workers emit `online`, pages also `visibilitychange`. Node emits neither and has no
/// listeners.
fn sources() -> impl Iterator<Item = (EventTarget, &'static str)> {
    let online = (js_sys::global().unchecked_into(), "online");
    let document = web_sys::window().and_then(|window| window.document());
    let visible = document.map(|document| (document.unchecked_into(), "visibilitychange"));
    std::iter::once(online).chain(visible)
}

impl Wake {
    pub(crate) fn listen() -> Self {
        let waiting = Waiting::default();
        let woken = waiting.clone();
        let callback = Closure::<dyn FnMut()>::new(move || wake(&woken));
        for (target, name) in sources() {
            drop(target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref()));
        }
        Self { waiting, callback }
    }

    /// Resolves at the next event, after `max_ms`, or when woken explicitly.
    pub(crate) async fn next(&self, max_ms: u32) {
        let (sender, receiver) = oneshot::channel();
        self.waiting.replace(Some(sender));
        let woken = self.waiting.clone();
        let _timer = Timeout::new(max_ms, move || wake(&woken));
        let _ = receiver.await;
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        for (target, name) in sources() {
            drop(target.remove_event_listener_with_callback(name, self.callback.as_ref().unchecked_ref()));
        }
    }
}
