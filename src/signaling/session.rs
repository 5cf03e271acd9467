//! The life of one socket: open, log in, pump frames both ways, ping, watch the silence.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use duelcast_protocol::{
    ErrorCode, Login, LoginReply, Method, Notification, Ping, PingReply,
    limits::{LOGIN_TIMEOUT_MS, PING_INTERVAL_MS, SILENCE_TIMEOUT_MS},
};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;

use super::{
    calls::Deliver,
    clock::local_ms,
    codec::{Incoming, RawReply, read_frame, read_reply, write_params},
    error::CallError,
    handle::{Generation, Inner},
    pulse::Pulse,
    status::{OfflineReason, Status},
    token::{TokenProvider, TokenRefused},
    transport::{SocketFrame, SocketHandle},
};

/// How long a socket may take to come up.
const OPEN_TIMEOUT_MS: u32 = 10_000;
/// How often silence and pings are looked after.
const WATCH_INTERVAL_MS: u32 = 1_000;
/// Pings in quick succession after a login, so that the clock is right soon.
const FIRST_PINGS: u32 = 3;
/// Bytes that may wait for the network; more means that it takes nothing.
const MAX_BUFFERED_BYTES: u32 = 256 * 1_024;

/// Why a socket, or the attempt to get one, is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Try again.
    Lost { was_online: bool },
    /// The token was not accepted.
    Refused,
    /// Stay away.
    Offline(OfflineReason),
}

/// Opens a socket, logs in, and stays until it is over.
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

/// A socket that is open.
pub(crate) struct Session {
    inner: Rc<Inner>,
    socket: RefCell<SocketHandle>,
    is_online: Cell<bool>,
    end: Cell<Option<End>>,
    /// Wakes the task that reads.
    reader: Cell<Option<Waker>>,
    opened_ms: f64,
    heard_ms: Cell<f64>,
    pinged_ms: Cell<f64>,
    pings: Cell<u32>,
}

impl Session {
    fn new(inner: Rc<Inner>, socket: SocketHandle) -> Self {
        let now = local_ms();
        Self {
            inner,
            socket: RefCell::new(socket),
            is_online: Cell::new(false),
            end: Cell::new(None),
            reader: Cell::new(None),
            opened_ms: now,
            heard_ms: Cell::new(now),
            pinged_ms: Cell::new(now),
            pings: Cell::new(0),
        }
    }

    /// Reads until the session is over.
    fn pump(&self, context: &mut Context<'_>) -> Poll<End> {
        loop {
            if let Some(end) = self.end.get() {
                return Poll::Ready(end);
            }
            let frame = self.socket.borrow_mut().incoming.as_mut().poll_next(context);
            match frame {
                Poll::Ready(Some(SocketFrame::Text(text))) => self.receive(text),
                Poll::Ready(Some(SocketFrame::Closed(_)) | None) => self.lose(),
                Poll::Pending => {
                    self.reader.set(Some(context.waker().clone()));
                    return Poll::Pending;
                }
            }
        }
    }

    fn end(&self, end: End) {
        self.end.set(Some(self.end.get().unwrap_or(end)));
        self.reader.take().into_iter().for_each(Waker::wake);
    }

    pub(crate) fn lose(&self) {
        self.end(End::Lost { was_online: self.is_online.get() });
    }

    /// False if the socket takes nothing any more.
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
                Err(error) => session.end(match error.code() {
                    Some(ErrorCode::Unauthorized) => End::Refused,
                    Some(ErrorCode::UserBanned) => End::Offline(OfflineReason::Banned),
                    Some(_) | None => End::Lost { was_online: false },
                }),
            };
        self.start_call(&Login { token }, Box::new(deliver));
    }

    fn logged_in(&self, sent_ms: f64, reply: &LoginReply) {
        self.is_online.set(true);
        self.inner.clock.add(sent_ms, local_ms(), reply.server_time);
        self.inner.set_status(Status::Online);
        if let Some(listener) = self.inner.listener() {
            listener.on_login(reply);
        }
    }

    fn receive(&self, text: String) {
        self.heard_ms.set(local_ms());
        match read_frame(&text) {
            Incoming::Answer(answer) => {
                self.inner.inbox.flush();
                self.inner.finish_call(answer.id, answer.outcome.map_err(CallError::Rejected));
            }
            Incoming::Notification(notification) => self.hear(*notification),
            Incoming::Other(detail) => {
                web_sys::console::warn_1(&format!("a frame was not understood: {detail}").into())
            }
        }
    }

    fn hear(&self, notification: Notification) {
        match notification {
            Notification::KickedByOtherSession {} => {
                self.inner.inbox.flush();
                self.end(End::Offline(OfflineReason::KickedByOtherSession));
            }
            Notification::Event(_) | Notification::Volatile(_) | Notification::Snapshot(_) => {
                self.inner.inbox.push(notification);
            }
        }
    }

    /// Pings when it is time; gives up when nothing was heard, or the network took nothing, for too long.
    fn watch(&self) {
        let now = local_ms();
        let is_dead = if self.is_online.get() {
            if self.pings.get() < FIRST_PINGS || is_over(now, self.pinged_ms.get(), PING_INTERVAL_MS) {
                self.ping(now);
            }
            is_over(now, self.heard_ms.get(), SILENCE_TIMEOUT_MS)
        } else {
            is_over(now, self.opened_ms, LOGIN_TIMEOUT_MS)
        };
        if is_dead || (self.socket.borrow().buffered_bytes)() > MAX_BUFFERED_BYTES {
            self.lose();
        }
    }

    fn ping(&self, now: f64) {
        self.pings.set(self.pings.get() + 1);
        self.pinged_ms.set(now);
        let inner = self.inner.clone();
        let deliver = move |answer: Result<RawReply, CallError>| {
            if let Ok(reply) = answer.and_then(|reply| read_reply::<PingReply>(&reply)) {
                inner.clock.add(now, local_ms(), reply.server_time);
            }
        };
        self.start_call(&Ping {}, Box::new(deliver));
    }

    fn start_call<M: Method>(&self, params: &M, deliver: Deliver) {
        self.inner.start_call(M::NAME, &write_params(params), deliver);
    }
}

fn is_over(now_ms: f64, since_ms: f64, span_ms: u64) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "a few seconds")]
    let span_ms = span_ms as f64;
    now_ms - since_ms >= span_ms
}
