//! The lives that this page is in: join, rejoin, resume, fold. A [`View`] displays them, such as
//! the one in `stores`; this module does not depend on Leptos.

mod join;
mod live;
mod membership;
mod phase;
mod replica;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use duelcast_protocol::{LiveId, LoginReply, Notification};
use js_sys::Reflect;

use crate::signaling::{
    CallError, Listener, RawReply, Signaling, SignalingConfig, Status, TokenProvider, Transport,
    WebSocketTransport,
};

pub use live::{Live, News, View};
pub use phase::LivePhase;

/// The server's address and the transport to reach it.
#[derive(Clone)]
pub struct ClientConfig {
    /// `http://host` or `https://host`, without a path.
    pub base_url: String,
    pub transport: Rc<dyn Transport>,
}

impl ClientConfig {
    /// A server at the given base URL.
    #[must_use]
    pub fn at(base_url: &str) -> Self {
        let base_url = base_url.trim_end_matches('/').to_owned();
        Self { base_url, transport: Rc::new(WebSocketTransport) }
    }

    /// The server that this page or worker was loaded from; an empty URL where there is no location,
    /// as in Node.
    #[must_use]
    pub fn of_page() -> Self {
        let location = Reflect::get(&js_sys::global(), &"location".into());
        let origin = location.and_then(|location| Reflect::get(&location, &"origin".into()));
        Self::at(&origin.ok().and_then(|origin| origin.as_string()).unwrap_or_default())
    }

    fn socket_url(&self) -> String {
        let after_scheme = self.base_url.strip_prefix("http").unwrap_or_default();
        format!("ws{after_scheme}/v1/ws")
    }
}

/// Receives notifications that do not concern a single live, and the end of a live. Implementations
/// must not hold a borrow across a call.
pub trait Observer {
    fn on_status(&self, status: Status);
    fn on_login(&self, _reply: &LoginReply) {}
    fn on_live_ended(&self, _live_id: &LiveId) {}
}

/// The lives that are open on one socket. Clones share them.
#[derive(Clone)]
pub struct Lives {
    inner: Rc<LivesInner>,
}

struct LivesInner {
    signaling: Signaling,
    open: RefCell<Vec<Weak<live::LiveInner>>>,
    observers: RefCell<Vec<Weak<dyn Observer>>>,
}

impl Drop for LivesInner {
    fn drop(&mut self) {
        self.signaling.disconnect();
    }
}

impl Lives {
    /// Creates a client with no open live and no signed-in user.
    #[must_use]
    pub fn at(config: &ClientConfig) -> Self {
        let signaling =
            Signaling::new(SignalingConfig { url: config.socket_url(), transport: config.transport.clone() });
        let inner =
            Rc::new(LivesInner { signaling, open: RefCell::default(), observers: RefCell::default() });
        let listener: Weak<LivesInner> = Rc::downgrade(&inner);
        inner.signaling.set_listener(listener);
        Self { inner }
    }

    /// The underlying socket client.
    #[must_use]
    pub fn signaling(&self) -> &Signaling {
        &self.inner.signaling
    }

    /// Adds an observer, which is held weakly.
    pub fn observe(&self, observer: Weak<dyn Observer>) {
        self.inner.observers.borrow_mut().push(observer);
    }

    /// Signs in with tokens of this provider.
    pub fn sign_in_with(&self, tokens: Rc<dyn TokenProvider>) {
        self.inner.signaling.connect(tokens);
    }

    /// Closes the socket. Lives stay open and are joined again after the next login.
    pub fn sign_out(&self) {
        self.inner.signaling.disconnect();
    }

    /// Calls a protocol method by name, with parameters as JSON; returns the result as raw JSON.
    ///
    /// # Errors
    /// The server's refusal, or a transport error.
    pub fn call_json(
        &self,
        method: String,
        params: String,
    ) -> impl Future<Output = Result<RawReply, CallError>> + use<> {
        self.inner.signaling.exchange(&method, params)
    }

    /// Returns the live with this id. It is left when the last handle is dropped.
    #[must_use]
    pub fn open(&self, live_id: &LiveId) -> Live {
        self.inner.find(live_id).unwrap_or_else(|| {
            let live = Live::new(live_id.clone(), self.inner.signaling.clone());
            let mut open = self.inner.open.borrow_mut();
            open.retain(|live| live.strong_count() > 0);
            open.push(live.downgrade());
            live
        })
    }
}

impl LivesInner {
    fn all(&self) -> Vec<Live> {
        self.open.borrow().iter().filter_map(Live::upgrade).collect()
    }

    fn find(&self, live_id: &LiveId) -> Option<Live> {
        self.all().into_iter().find(|live| live.live_id() == live_id)
    }

    fn notify(&self, notify: &dyn Fn(&dyn Observer)) {
        let observers = self.observers.borrow().clone();
        observers.iter().filter_map(Weak::upgrade).for_each(|observer| notify(&*observer));
    }

    /// Applies a notification to its live; returns the live if its views must be updated.
    fn hear(&self, notification: Notification) -> Option<Live> {
        match notification {
            Notification::Event(frame) => {
                let live = self.find(&frame.live_id)?;
                live.take_event(frame);
                Some(live)
            }
            Notification::Volatile(volatile) => {
                let live = self.find(&volatile.live_id)?;
                live.take_volatile(&volatile);
                Some(live)
            }
            Notification::Snapshot(snapshot) => {
                let live = self.find(&snapshot.live.live_id)?;
                if live.is_wanted() {
                    live.take_snapshot(*snapshot);
                }
                None
            }
            Notification::KickedByOtherSession {} => None,
        }
    }
}

impl Listener for LivesInner {
    fn on_status(&self, status: Status) {
        self.notify(&|observer| observer.on_status(status));
    }

    fn on_login(&self, reply: &LoginReply) {
        self.notify(&|observer| observer.on_login(reply));
        for live in self.all() {
            live.apply(membership::LiveInput::LoggedIn);
        }
    }

    fn on_notifications(&self, notifications: Vec<Notification>) {
        let mut heard: Vec<Live> = Vec::new();
        for live in notifications.into_iter().filter_map(|notification| self.hear(notification)) {
            if !heard.iter().any(|other| other.live_id() == live.live_id()) {
                heard.push(live);
            }
        }
        for live in heard {
            live.write();
            if live.has_ended() {
                self.notify(&|observer| observer.on_live_ended(live.live_id()));
            }
        }
    }
}
