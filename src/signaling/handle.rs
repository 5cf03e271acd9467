//! The handle of the signaling client: calls, status, clock.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use duelcast_protocol::{Done, LoginReply, Method, Notification};
use futures::{TryFutureExt, channel::oneshot, future::LocalBoxFuture};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    calls::{Calls, Deliver},
    clock::ServerClock,
    codec::{RawReply, read_reply, write_params, write_request},
    error::CallError,
    inbox::Inbox,
    run,
    session::Session,
    status::{OfflineReason, Status},
    token::TokenProvider,
    transport::Transport,
    wake::Wake,
};

/// Timeout of a call, including the wait for a socket.
const CALL_TIMEOUT_MS: u32 = 10_000;

/// Receives the status, logins and notifications of the socket.
pub trait Listener {
    /// The status changed.
    fn on_status(&self, status: Status);
    /// Logged in, for the first time or again: rejoin the lives.
    fn on_login(&self, reply: &LoginReply);
    /// Notifications since the last call, in order; at most once per animation frame, and before
    /// the answer to any call that followed them.
    fn on_notifications(&self, notifications: Vec<Notification>);
}

/// The server's address and the transport.
pub struct SignalingConfig {
    /// `ws://…/v1/ws` or `wss://…/v1/ws`.
    pub url: String,
    pub transport: Rc<dyn Transport>,
}

/// A request to the server, directly or through a store. The request is sent on the first poll;
/// dropping the future afterwards does not cancel it.
pub type Call<T> = LocalBoxFuture<'static, Result<T, CallError>>;

/// Incremented by every `connect` and `disconnect`; lets a superseded connection task detect that
/// it is stale.
pub(crate) type Generation = u64;

pub(crate) struct Inner {
    pub(crate) config: SignalingConfig,
    status: Cell<Status>,
    pub(crate) clock: ServerClock,
    calls: RefCell<Calls>,
    pub(crate) generation: Cell<Generation>,
    pub(crate) session: RefCell<Option<Rc<Session>>>,
    pub(crate) inbox: Inbox,
    pub(crate) wake: Wake,
    listener: RefCell<Option<Weak<dyn Listener>>>,
}

/// The signaling client. Clones share the socket.
#[derive(Clone)]
pub struct Signaling {
    inner: Rc<Inner>,
}

impl Signaling {
    /// Creates a client that stays idle until [`Signaling::connect`].
    #[must_use]
    pub fn new(config: SignalingConfig) -> Self {
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| Inner {
            config,
            status: Cell::new(Status::Idle),
            clock: ServerClock::new(),
            calls: RefCell::default(),
            generation: Cell::new(0),
            session: RefCell::default(),
            inbox: Inbox::new(inner.clone()),
            wake: Wake::listen(),
            listener: RefCell::default(),
        });
        Self { inner }
    }

    /// Sets the listener, replacing the previous one. It is held weakly.
    pub fn set_listener(&self, listener: Weak<dyn Listener>) {
        self.inner.listener.replace(Some(listener));
    }

    /// Connects with tokens of this provider, and reconnects from then on. Ends a previous
    /// connection.
    pub fn connect(&self, tokens: Rc<dyn TokenProvider>) {
        let generation = self.inner.next_generation();
        self.inner.set_status(Status::Connecting);
        spawn_local(run::run(Rc::downgrade(&self.inner), generation, tokens));
    }

    /// Closes the socket and stays offline.
    pub fn disconnect(&self) {
        self.inner.next_generation();
        self.inner.go_offline(OfflineReason::SignedOut);
    }

    #[must_use]
    pub fn status(&self) -> Status {
        self.inner.status.get()
    }

    #[must_use]
    pub fn clock(&self) -> ServerClock {
        self.inner.clock.clone()
    }

    /// Calls a method. Waits for a socket if there is none; the timeout is 10 s in total.
    ///
    /// # Errors
    /// See [`CallError`] and [`CallError::is_retryable`].
    pub fn call<M: Method>(&self, params: M) -> Call<M::Reply> {
        let reply = self.exchange(M::NAME, write_params(&params));
        Box::pin(async move { read_reply(&reply.await?) })
    }

    /// Like `call`, for a method with an empty result.
    ///
    /// # Errors
    /// As for `call`.
    pub fn command<M: Method<Reply = Done>>(&self, params: M) -> Call<()> {
        Box::pin(self.exchange(M::NAME, write_params(&params)).map_ok(drop))
    }

    /// Like `call`, but sent at once. `then` receives the result before any later frame is handled.
    pub(crate) fn call_then<M: Method>(
        &self,
        params: &M,
        then: impl FnOnce(Result<M::Reply, CallError>) + 'static,
    ) {
        let deliver = |answer: Result<RawReply, CallError>| then(answer.and_then(|reply| read_reply(&reply)));
        self.inner.request(M::NAME, &write_params(params), Box::new(deliver));
    }

    /// Calls a method by name, with parameters and result as JSON.
    pub(crate) fn exchange(&self, method: &str, params: String) -> Call<RawReply> {
        let (inner, method) = (self.inner.clone(), method.to_owned());
        Box::pin(async move {
            let (sender, answer) = oneshot::channel();
            inner.request(&method, &params, Box::new(|answer| drop(sender.send(answer))));
            answer.await.unwrap_or(Err(CallError::ConnectionLost))
        })
    }
}

impl Inner {
    fn next_generation(&self) -> Generation {
        self.generation.set(self.generation.get() + 1);
        if let Some(session) = self.session.take() {
            session.lose();
        }
        self.fail_calls(&CallError::ConnectionLost);
        self.generation.get()
    }

    pub(crate) fn set_status(&self, status: Status) {
        if self.status.replace(status) != status
            && let Some(listener) = self.listener()
        {
            listener.on_status(status);
        }
        match status {
            Status::Online => self.send_unsent(),
            Status::Offline(reason) => self.fail_unsent(reason),
            Status::Idle | Status::Connecting | Status::Reconnecting { .. } => {}
        }
    }

    pub(crate) fn go_offline(&self, reason: OfflineReason) {
        self.set_status(Status::Offline(reason));
    }

    /// Makes a call, or stores it until there is a socket; `deliver` is called exactly once.
    fn request(self: &Rc<Self>, method: &str, params: &str, deliver: Deliver) {
        match self.status.get() {
            _ if self.calls.borrow().is_full() => deliver(Err(CallError::TooManyCalls)),
            Status::Online => self.start_call(method, params, deliver),
            Status::Idle => deliver(Err(CallError::NotSignedIn)),
            Status::Offline(reason) => deliver(Err(CallError::Offline(reason))),
            Status::Connecting | Status::Reconnecting { .. } => {
                if let Some((id, text)) = self.open_call(method, params, deliver) {
                    self.calls.borrow_mut().hold(id, text);
                }
            }
        }
    }

    /// Makes a call on the current socket; `deliver` is called once, or never if too many calls are
    /// pending.
    pub(crate) fn start_call(self: &Rc<Self>, method: &str, params: &str, deliver: Deliver) {
        if let Some((id, text)) = self.open_call(method, params, deliver) {
            self.hand_over(id, &text);
        }
    }

    /// Registers a call; returns its id and its encoded request.
    fn open_call(self: &Rc<Self>, method: &str, params: &str, deliver: Deliver) -> Option<(u64, String)> {
        let id = self.calls.borrow_mut().open(deliver)?;
        let inner = Rc::downgrade(self);
        let time_out = move || {
            if let Some(inner) = inner.upgrade() {
                inner.finish_call(id, Err(CallError::TimedOut));
            }
        };
        self.calls.borrow_mut().time(id, Timeout::new(CALL_TIMEOUT_MS, time_out));
        Some((id, write_request(id, method, params)))
    }

    fn hand_over(&self, id: u64, text: &str) {
        let session = self.session.borrow().clone();
        if !session.is_some_and(|session| session.send(text)) {
            self.finish_call(id, Err(CallError::ConnectionLost));
        }
    }

    fn send_unsent(&self) {
        let unsent = self.calls.borrow_mut().take_unsent();
        for (id, text) in unsent {
            self.hand_over(id, &text);
        }
    }

    fn fail_unsent(&self, reason: OfflineReason) {
        drop(self.calls.borrow_mut().take_unsent());
        self.fail_calls(&CallError::Offline(reason));
    }

    pub(crate) fn finish_call(&self, id: u64, answer: Result<RawReply, CallError>) {
        let deliver = self.calls.borrow_mut().close(id);
        if let Some(deliver) = deliver {
            deliver(answer);
        }
    }

    pub(crate) fn fail_calls(&self, error: &CallError) {
        let open = self.calls.borrow_mut().close_all();
        for deliver in open {
            deliver(Err(error.clone()));
        }
    }

    pub(crate) fn listener(&self) -> Option<Rc<dyn Listener>> {
        self.listener.borrow().as_ref()?.upgrade()
    }
}
