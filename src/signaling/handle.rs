//! The handle that everyone holds: calls, status, clock.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    future::Future,
    rc::{Rc, Weak},
};

use duelcast_protocol::{
    Done, LoginReply, Method, Notification,
    wire::{Part, ToWire, write},
};
use futures::{
    FutureExt, TryFutureExt,
    channel::{mpsc, oneshot},
    future::{Either, LocalBoxFuture, select},
    pin_mut,
};
use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;

use super::{
    calls::{Calls, Deliver, MAX_CALLS},
    clock::ServerClock,
    codec::{read_reply, write_request},
    error::CallError,
    inbox::Inbox,
    run,
    status::{OfflineReason, Status},
    token::TokenProvider,
    transport::Transport,
    wake::Wake,
};

/// How long a call waits for a socket and its answer together.
const CALL_TIMEOUT_MS: u32 = 10_000;

/// Who hears what the server says unasked.
pub trait Listener {
    /// The socket stands elsewhere.
    fn on_status(&self, status: Status);
    /// Logged in, for the first time or again: join again what was joined.
    fn on_login(&self, reply: &LoginReply);
    /// What came since the last time, in order; at most once per animation frame, and before any answer that followed it.
    fn on_notifications(&self, notifications: Vec<Notification>);
}

/// Where to connect to, and how.
pub struct SignalingConfig {
    /// `ws://…/v1/ws` or `wss://…/v1/ws`.
    pub url: String,
    pub transport: Rc<dyn Transport>,
}

/// What is asked of the server, or of a store that asks it; nothing is sent before it is awaited.
pub type Call<T> = LocalBoxFuture<'static, Result<T, CallError>>;

/// Counts up with every `connect` and `disconnect`, so that an old connection task notices that it is one.
pub(crate) type Generation = u64;

pub(crate) struct Inner {
    pub(crate) config: SignalingConfig,
    status: Cell<Status>,
    pub(crate) clock: ServerClock,
    pub(crate) calls: RefCell<Calls>,
    pub(crate) generation: Cell<Generation>,
    pub(crate) outgoing: RefCell<Option<mpsc::Sender<String>>>,
    pub(crate) inbox: Inbox,
    pub(crate) wake: Wake,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    listener: RefCell<Option<Weak<dyn Listener>>>,
}

/// The signaling client. Clones share the socket.
#[derive(Clone)]
pub struct Signaling {
    inner: SendWrapper<Rc<Inner>>,
}

impl Signaling {
    /// Idle until [`Signaling::connect`].
    #[must_use]
    pub fn new(config: SignalingConfig) -> Self {
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| Inner {
            config,
            status: Cell::new(Status::Idle),
            clock: ServerClock::new(),
            calls: RefCell::default(),
            generation: Cell::new(0),
            outgoing: RefCell::default(),
            inbox: Inbox::new(inner.clone()),
            wake: Wake::listen(),
            waiting: RefCell::default(),
            listener: RefCell::default(),
        });
        Self { inner: SendWrapper::new(inner) }
    }

    /// Says who hears notifications. There is one listener.
    pub fn set_listener(&self, listener: Weak<dyn Listener>) {
        self.inner.listener.replace(Some(listener));
    }

    /// Connects, and from then on reconnects, as whom the tokens say. Ends an earlier connection.
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

    /// Calls a method. While the socket is away, waits for it; 10 s in all.
    ///
    /// # Errors
    /// See [`CallError`]; ask `is_retryable`.
    pub fn call<M: Method>(&self, params: M) -> Call<M::Reply> {
        let answer = self.ask(M::NAME, &params);
        Box::pin(async { read_reply(&answer.await?) })
    }

    /// As `call`, for a method whose answer says no more than that it was done.
    ///
    /// # Errors
    /// As for `call`.
    pub fn tell<M: Method<Reply = Done>>(&self, params: M) -> Call<()> {
        self.tell_of(M::NAME, &params)
    }

    #[inline(never)]
    fn ask(&self, method: &'static str, params: &dyn ToWire) -> Call<Part> {
        self.exchange(method.into(), write(params))
    }

    #[inline(never)]
    fn tell_of(&self, method: &'static str, params: &dyn ToWire) -> Call<()> {
        Box::pin(self.ask(method, params).map_ok(drop))
    }

    /// As `call`; `then` takes the answer before anything that followed it on the socket is looked at.
    pub(crate) fn call_then<M: Method>(
        &self,
        params: &M,
        then: impl FnOnce(Result<M::Reply, CallError>) + 'static,
    ) -> LocalBoxFuture<'static, ()> {
        let deliver =
            Box::new(|answer: Result<Part, CallError>| then(answer.and_then(|reply| read_reply(&reply))));
        self.clone().exchange_then(M::NAME.into(), write(params), deliver).boxed_local()
    }

    /// One for all methods: what is generic is compiled once for each of them.
    pub(crate) fn exchange(&self, method: Cow<'static, str>, params: String) -> Call<Part> {
        let signaling = self.clone();
        async move {
            let (sender, receiver) = oneshot::channel();
            signaling.exchange_then(method, params, Box::new(|answer| drop(sender.send(answer)))).await;
            receiver.await.unwrap_or(Err(CallError::ConnectionLost))
        }
        .boxed_local()
    }

    async fn exchange_then(self, method: Cow<'static, str>, params: String, deliver: Deliver) {
        let timeout = TimeoutFuture::new(CALL_TIMEOUT_MS).shared();
        if let Err(error) = within(self.online(), timeout.clone()).await {
            return deliver(Err(error));
        }
        let (done, is_done) = oneshot::channel::<()>();
        let deliver = Box::new(move |answer| {
            deliver(answer);
            drop(done);
        });
        let Some(id) = self.inner.start_call(&method, &params, deliver) else {
            return;
        };
        let answered = is_done.map(|_| Ok(()));
        if let Err(error) = within(answered, timeout).await {
            self.inner.finish_call(id, Err(error));
        }
    }

    async fn online(&self) -> Result<(), CallError> {
        loop {
            match self.inner.status.get() {
                Status::Online => return Ok(()),
                Status::Idle => return Err(CallError::NotSignedIn),
                Status::Offline(reason) => return Err(CallError::Offline(reason)),
                Status::Connecting | Status::Reconnecting { .. } => self.inner.status_change()?.await,
            }
        }
    }
}

async fn within<T>(
    work: impl Future<Output = Result<T, CallError>>,
    timeout: impl Future<Output = ()>,
) -> Result<T, CallError> {
    pin_mut!(work, timeout);
    match select(work, timeout).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err(CallError::TimedOut),
    }
}

impl Inner {
    fn next_generation(&self) -> Generation {
        self.generation.set(self.generation.get() + 1);
        self.outgoing.replace(None);
        self.fail_calls(&CallError::ConnectionLost);
        self.generation.get()
    }

    pub(crate) fn set_status(&self, status: Status) {
        if self.status.replace(status) != status
            && let Some(listener) = self.listener()
        {
            listener.on_status(status);
        }
        for waiting in self.waiting.take() {
            let _ = waiting.send(());
        }
    }

    pub(crate) fn go_offline(&self, reason: OfflineReason) {
        self.set_status(Status::Offline(reason));
    }

    fn status_change(&self) -> Result<impl Future<Output = ()> + use<>, CallError> {
        let mut waiting = self.waiting.borrow_mut();
        waiting.retain(|sender| !sender.is_canceled());
        if waiting.len() >= MAX_CALLS {
            return Err(CallError::TooManyCalls);
        }
        let (sender, receiver) = oneshot::channel();
        waiting.push(sender);
        Ok(receiver.map(|_| ()))
    }

    /// Registers a call and hands it to the socket; `deliver` is called exactly once, here if it cannot be sent.
    pub(crate) fn start_call(&self, method: &str, params: &str, deliver: Deliver) -> Option<u64> {
        let slot = Rc::new(Cell::new(Some(deliver)));
        let take = slot.clone();
        let opened = self.calls.borrow_mut().open(Box::new(move |answer| {
            if let Some(deliver) = take.take() {
                deliver(answer);
            }
        }));
        let Some(id) = opened else {
            slot.take().into_iter().for_each(|deliver| deliver(Err(CallError::TooManyCalls)));
            return None;
        };
        self.hand_over(id, write_request(id, method, params));
        Some(id)
    }

    fn hand_over(&self, id: u64, text: String) {
        let sent = self.outgoing.borrow_mut().as_mut().map(|outgoing| outgoing.try_send(text));
        match sent {
            Some(Ok(())) => {}
            Some(Err(error)) if error.is_full() => self.finish_call(id, Err(CallError::TooManyCalls)),
            Some(Err(_)) | None => self.finish_call(id, Err(CallError::ConnectionLost)),
        }
    }

    pub(crate) fn finish_call(&self, id: u64, answer: Result<Part, CallError>) {
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
