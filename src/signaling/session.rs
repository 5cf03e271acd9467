//! One socket from open to close: login, frames in both directions, pings, idle detection.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use duelcast_protocol::{Login, LoginReply, Method, Notification, Ping, PingReply};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;

use super::{
    calls::Deliver,
    clock::local_ms,
    codec::{Incoming, RawReply, read_frame, read_reply, write_params},
    error::CallError,
    handle::{Generation, Inner},
    pulse::Pulse,
    session_state::{End, SessionInput, SessionState},
    status::{OfflineReason, Status},
    token::{TokenProvider, TokenRefused},
    transport::{SocketFrame, SocketHandle},
};

/// Timeout for opening a socket.
const OPEN_TIMEOUT_MS: u32 = 10_000;
/// Interval of the checks for pings and idle time.
const WATCH_INTERVAL_MS: u32 = 1_000;

/// Opens a socket, logs in, and returns when the session is over.
pub(crate) async fn session(
    inner: &Rc<Inner>,
    generation: Generation,
    tokens: &dyn TokenProvider,
    was_refused: bool,
) -> End {
    let lost = End::Lost { was_online: false };
    let token = match tokens.token(was_refused).await {
        Ok(token) => token,
        Err(TokenRefused::Unreachable(_)) => return lost,
        Err(TokenRefused::Denied(_)) => return End::Offline(OfflineReason::Unauthorized),
    };
    let opening = inner.config.transport.open(&inner.config.url);
    let Either::Left((Some(socket), _)) = select(opening, TimeoutFuture::new(OPEN_TIMEOUT_MS)).await else {
        return lost;
    };
    if inner.generation.get() != generation {
        return lost;
    }
    let session = Rc::new(Session::new(inner.clone(), socket));
    inner.session.replace(Some(session.clone()));
    session.log_in(token);
    let watched = session.clone();
    let _pulse = Pulse::start(WATCH_INTERVAL_MS, Rc::new(move || watched.watch()));
    poll_fn(|context| session.pump(context)).await
}

/// An open socket.
pub(crate) struct Session {
    inner: Rc<Inner>,
    socket: RefCell<SocketHandle>,
    state: Cell<SessionState>,
    /// Wakes the reading task.
    reader: Cell<Option<Waker>>,
}

impl Session {
    fn new(inner: Rc<Inner>, socket: SocketHandle) -> Self {
        let state = SessionState::LoggingIn { since_ms: local_ms() };
        Self { inner, socket: RefCell::new(socket), state: Cell::new(state), reader: Cell::new(None) }
    }

    /// Applies an input; returns whether to ping now.
    fn apply(&self, input: SessionInput) -> bool {
        let mut state = self.state.get();
        let ping = state.apply(input, local_ms());
        self.state.set(state);
        if state.end().is_some() {
            self.reader.take().into_iter().for_each(Waker::wake);
        }
        ping
    }

    /// Reads frames until the session is over.
    fn pump(&self, context: &mut Context<'_>) -> Poll<End> {
        loop {
            if let Some(end) = self.state.get().end() {
                return Poll::Ready(end);
            }
            let frame = self.socket.borrow_mut().incoming.as_mut().poll_next(context);
            match frame {
                Poll::Ready(Some(SocketFrame::Text(text))) => self.receive(&text),
                Poll::Ready(Some(SocketFrame::Closed(_)) | None) => self.lose(),
                Poll::Pending => {
                    self.reader.set(Some(context.waker().clone()));
                    return Poll::Pending;
                }
            }
        }
    }

    pub(crate) fn lose(&self) {
        self.apply(SessionInput::Closed);
    }

    /// Sends a frame. Returns false if the socket accepts no more frames.
    pub(crate) fn send(&self, text: &str) -> bool {
        let is_sent = (self.socket.borrow_mut().send)(text);
        if !is_sent {
            self.lose();
        }
        is_sent
    }

    fn log_in(self: &Rc<Self>, token: String) {
        let (session, sent_ms) = (self.clone(), local_ms());
        let deliver =
            move |answer: Result<RawReply, CallError>| match answer.and_then(|reply| read_reply(&reply)) {
                Ok(reply) => session.logged_in(sent_ms, &reply),
                Err(error) => drop(session.apply(SessionInput::login_failed(&error))),
            };
        self.start_call(&Login { token }, Box::new(deliver));
    }

    fn logged_in(&self, sent_ms: f64, reply: &LoginReply) {
        self.apply(SessionInput::LoggedIn);
        self.inner.clock.add(sent_ms, local_ms(), reply.server_time);
        self.inner.set_status(Status::Online);
        if let Some(listener) = self.inner.listener() {
            listener.on_login(reply);
        }
    }

    fn receive(&self, text: &str) {
        self.apply(SessionInput::Heard);
        match read_frame(text) {
            Incoming::Answer(answer) => {
                self.inner.inbox.flush();
                self.inner.finish_call(answer.id, answer.outcome.map_err(CallError::Rejected));
            }
            Incoming::Notification(notification) => self.take_notification(*notification),
            Incoming::Other(reason) => {
                web_sys::console::warn_1(&format!("a frame was ignored: {reason}").into());
            }
        }
    }

    fn take_notification(&self, notification: Notification) {
        match notification {
            Notification::KickedByOtherSession {} => {
                self.inner.inbox.flush();
                self.apply(SessionInput::TakenOver);
            }
            Notification::Event(_) | Notification::Volatile(_) | Notification::Snapshot(_) => {
                self.inner.inbox.push(notification);
            }
        }
    }

    /// Sends a ping when due. Ends the session when no frame arrived, or the network accepted none,
    /// for too long.
    fn watch(&self) {
        let buffered_bytes = (self.socket.borrow().buffered_bytes)();
        if self.apply(SessionInput::Watched { buffered_bytes }) {
            self.ping();
        }
    }

    fn ping(&self) {
        let (inner, sent_ms) = (self.inner.clone(), local_ms());
        let deliver = move |answer: Result<RawReply, CallError>| {
            if let Ok(reply) = answer.and_then(|reply| read_reply::<PingReply>(&reply)) {
                inner.clock.add(sent_ms, local_ms(), reply.server_time);
            }
        };
        self.start_call(&Ping {}, Box::new(deliver));
    }

    fn start_call<M: Method>(&self, params: &M, deliver: Deliver) {
        self.inner.start_call(M::NAME, &write_params(params), deliver);
    }
}
