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

fn sources() -> impl Iterator<Item = (EventTarget, &'static str)> {
    let window = web_sys::window();
    let document = window.as_ref().and_then(web_sys::Window::document);
    let online = window.map(|window| (window.unchecked_into(), "online"));
    let visible = document.map(|document| (document.unchecked_into(), "visibilitychange"));
    online.into_iter().chain(visible)
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
