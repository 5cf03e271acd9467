//! Moments at which it is worth trying at once: the network is back, or somebody looks at the page again.

use std::{cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventTarget;

type Waiting = Rc<RefCell<Option<oneshot::Sender<()>>>>;

/// Listens until it is dropped.
pub(crate) struct Wake {
    waiting: Waiting,
    callback: Closure<dyn FnMut()>,
}

fn wake(waiting: &Waiting) {
    if let Some(sender) = waiting.borrow_mut().take() {
        let _ = sender.send(());
    }
}

/// A page and a worker report `online`, a page also `visibilitychange`; Node reports neither and refuses listeners.
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

    /// Resolves at the next such moment, after this long, or when somebody else asks.
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
