//! The life of one socket: open, log in, pump frames both ways, ping, watch the silence.

use std::{cell::Cell, rc::Rc};

use duelcast_protocol::{
    ErrorCode, Login, LoginReply, Method, Notification, Ping, PingReply,
    limits::{LOGIN_TIMEOUT_MS, PING_INTERVAL_MS, SILENCE_TIMEOUT_MS},
    wire::{Part, write},
};
use futures::{
    StreamExt,
    channel::mpsc,
    future::{Either, select},
    select_biased,
};
use gloo_timers::future::TimeoutFuture;

use super::{
    calls::{Deliver, MAX_CALLS},
    clock::local_ms,
    codec::{Incoming, read_frame, read_reply},
    error::CallError,
    handle::{Generation, Inner},
    pulse::pulse,
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
    Session::new(inner.clone()).stay(socket, token).await
}

/// What the answers of login and ping, which arrive as callbacks, tell the pump.
#[derive(Default)]
struct Told {
    is_online: Cell<bool>,
    end: Cell<Option<End>>,
}

struct Session {
    inner: Rc<Inner>,
    told: Rc<Told>,
    opened_ms: f64,
    heard_ms: f64,
    pinged_ms: f64,
    pings: u32,
}

impl Session {
    fn new(inner: Rc<Inner>) -> Self {
        let now = local_ms();
        Self { inner, told: Rc::default(), opened_ms: now, heard_ms: now, pinged_ms: now, pings: 0 }
    }

    async fn stay(mut self, mut socket: SocketHandle, token: String) -> End {
        let (sender, mut outgoing) = mpsc::channel(MAX_CALLS);
        self.inner.outgoing.replace(Some(sender));
        self.log_in(token);
        let mut incoming = socket.incoming.fuse();
        let mut watch = pulse(WATCH_INTERVAL_MS).fuse();
        loop {
            let went_on = select_biased! {
                frame = incoming.next() => frame.is_some_and(|frame| self.receive(frame)),
                text = outgoing.next() => text.is_some_and(|text| (socket.send)(&text)),
                _ = watch.next() => self.watch() && (socket.buffered_bytes)() <= MAX_BUFFERED_BYTES,
            };
            if let Some(end) = self.told.end.get() {
                return end;
            }
            if !went_on {
                return End::Lost { was_online: self.told.is_online.get() };
            }
        }
    }

    fn log_in(&self, token: String) {
        let (inner, told, sent_ms) = (self.inner.clone(), self.told.clone(), local_ms());
        let deliver = move |answer: Result<Part, CallError>| match answer.and_then(|reply| read_reply(&reply))
        {
            Ok(reply) => logged_in(&inner, &told, sent_ms, &reply),
            Err(error) if error.code() == Some(ErrorCode::Unauthorized) => told.end.set(Some(End::Refused)),
            Err(error) if error.code() == Some(ErrorCode::UserBanned) => {
                told.end.set(Some(End::Offline(OfflineReason::Banned)));
            }
            Err(_) => told.end.set(Some(End::Lost { was_online: false })),
        };
        self.start_call(&Login { token }, Box::new(deliver));
    }

    fn receive(&mut self, frame: SocketFrame) -> bool {
        self.heard_ms = local_ms();
        let text = match frame {
            SocketFrame::Text(text) => text,
            SocketFrame::Closed(_) => return false,
        };
        match read_frame(text) {
            Incoming::Answer(answer) => {
                self.inner.inbox.flush();
                self.inner.finish_call(answer.id, answer.outcome.map_err(CallError::Rejected));
            }
            Incoming::Notification(notification) => self.hear(*notification),
            Incoming::Other(detail) => {
                web_sys::console::warn_1(&format!("a frame was not understood: {detail}").into())
            }
        }
        true
    }

    fn hear(&self, notification: Notification) {
        match notification {
            Notification::KickedByOtherSession {} => {
                self.inner.inbox.flush();
                self.told.end.set(Some(End::Offline(OfflineReason::KickedByOtherSession)));
            }
            Notification::Event(_) | Notification::Volatile(_) | Notification::Snapshot(_) => {
                self.inner.inbox.push(notification);
            }
        }
    }

    /// Pings when it is time; false when nothing was heard for too long.
    fn watch(&mut self) -> bool {
        let now = local_ms();
        if !self.told.is_online.get() {
            return !is_over(now, self.opened_ms, LOGIN_TIMEOUT_MS);
        }
        if self.pings < FIRST_PINGS || is_over(now, self.pinged_ms, PING_INTERVAL_MS) {
            self.ping(now);
        }
        !is_over(now, self.heard_ms, SILENCE_TIMEOUT_MS)
    }

    fn ping(&mut self, now: f64) {
        self.pings += 1;
        self.pinged_ms = now;
        let inner = self.inner.clone();
        let deliver = move |answer: Result<Part, CallError>| {
            if let Ok(reply) = answer.and_then(|reply| read_reply::<PingReply>(&reply)) {
                inner.clock.add(now, local_ms(), reply.server_time);
            }
        };
        self.start_call(&Ping {}, Box::new(deliver));
    }

    fn start_call<M: Method>(&self, params: &M, deliver: Deliver) {
        self.inner.start_call(M::NAME, &write(params), deliver);
    }
}

fn is_over(now_ms: f64, since_ms: f64, span_ms: u64) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "a few seconds")]
    let span_ms = span_ms as f64;
    now_ms - since_ms >= span_ms
}

fn logged_in(inner: &Inner, told: &Told, sent_ms: f64, reply: &LoginReply) {
    told.is_online.set(true);
    inner.clock.add(sent_ms, local_ms(), reply.server_time);
    inner.set_status(Status::Online);
    if let Some(listener) = inner.listener() {
        listener.on_login(reply);
    }
}
