//! Notifications gather here and are handed on together, once per animation frame.

use std::{
    cell::{Cell, RefCell},
    rc::Weak,
};

use duelcast_protocol::Notification;
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;

use super::handle::Inner;

/// A hidden page draws no frames: then this long.
const HIDDEN_FLUSH_MS: u32 = 500;
/// When so many have gathered, they are handed on at once.
const MAX_GATHERED: usize = 2_048;

/// Gathered notifications.
pub(crate) struct Inbox {
    signaling: Weak<Inner>,
    gathered: RefCell<Vec<Notification>>,
    is_scheduled: Cell<bool>,
}

impl Inbox {
    pub(crate) fn new(signaling: Weak<Inner>) -> Self {
        Self { signaling, gathered: RefCell::default(), is_scheduled: Cell::new(false) }
    }

    pub(crate) fn push(&self, notification: Notification) {
        self.gathered.borrow_mut().push(notification);
        if self.gathered.borrow().len() >= MAX_GATHERED {
            self.flush();
        } else if !self.is_scheduled.replace(true) {
            spawn_local(flush_with_next_frame(self.signaling.clone()));
        }
    }

    /// Hands on what has gathered.
    pub(crate) fn flush(&self) {
        let gathered = self.gathered.take();
        if gathered.is_empty() {
            return;
        }
        if let Some(listener) = self.signaling.upgrade().and_then(|signaling| signaling.listener()) {
            listener.on_notifications(gathered);
        }
    }
}

async fn flush_with_next_frame(signaling: Weak<Inner>) {
    next_frame().await;
    if let Some(signaling) = signaling.upgrade() {
        signaling.inbox.is_scheduled.set(false);
        signaling.inbox.flush();
    }
}

async fn next_frame() {
    let (drawn, is_drawn) = oneshot::channel::<()>();
    let callback = Closure::once_into_js(move || {
        let _ = drawn.send(());
    });
    let window = web_sys::window().expect("the client runs in a page");
    let requested = window.request_animation_frame(callback.unchecked_ref()).ok();
    if let Either::Right(_) = select(is_drawn, TimeoutFuture::new(HIDDEN_FLUSH_MS)).await
        && let Some(id) = requested
    {
        drop(window.cancel_animation_frame(id));
    }
}
