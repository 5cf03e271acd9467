//! Batches notifications and delivers them once per animation frame. In a hidden page, a worker or
//! Node, a timer replaces the frame.

use std::{cell::RefCell, rc::Weak};

use duelcast_protocol::Notification;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, closure::Closure};

use super::handle::Inner;

/// Batching interval without animation frames: in a worker or in Node.
const FLUSH_MS: u32 = 16;
/// Batching interval in a page, for when it is hidden and has no animation frames.
const HIDDEN_FLUSH_MS: u32 = 500;
/// Batch size that is delivered at once.
const MAX_GATHERED: usize = 2_048;

/// The batch of notifications.
pub(crate) struct Inbox {
    signaling: Weak<Inner>,
    gathered: RefCell<Vec<Notification>>,
    scheduled: RefCell<Option<Scheduled>>,
    drawn: Closure<dyn FnMut()>,
}

/// A frame request and a timer; the first to fire delivers the batch.
struct Scheduled {
    frame: Option<i32>,
    _timer: Timeout,
}

impl Drop for Scheduled {
    fn drop(&mut self) {
        if let (Some(window), Some(frame)) = (web_sys::window(), self.frame) {
            drop(window.cancel_animation_frame(frame));
        }
    }
}

impl Inbox {
    pub(crate) fn new(signaling: Weak<Inner>) -> Self {
        let drawn = signaling.clone();
        Self {
            signaling,
            gathered: RefCell::default(),
            scheduled: RefCell::default(),
            drawn: Closure::new(move || flush(&drawn)),
        }
    }

    pub(crate) fn push(&self, notification: Notification) {
        self.gathered.borrow_mut().push(notification);
        let is_full = self.gathered.borrow().len() >= MAX_GATHERED;
        if is_full {
            self.flush();
        } else {
            self.scheduled.borrow_mut().get_or_insert_with(|| self.schedule());
        }
    }

    fn schedule(&self) -> Scheduled {
        let frame = web_sys::window()
            .and_then(|window| window.request_animation_frame(self.drawn.as_ref().unchecked_ref()).ok());
        let delay_ms = if frame.is_some() { HIDDEN_FLUSH_MS } else { FLUSH_MS };
        let signaling = self.signaling.clone();
        Scheduled { frame, _timer: Timeout::new(delay_ms, move || flush(&signaling)) }
    }

    /// Delivers the batch.
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

fn flush(signaling: &Weak<Inner>) {
    if let Some(signaling) = signaling.upgrade() {
        signaling.inbox.scheduled.take();
        signaling.inbox.flush();
    }
}
