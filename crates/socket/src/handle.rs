//! The handle to a socket: what any thread may do with it.

use std::{
    io,
    net::Shutdown,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{Interest, Ready},
    sync::Notify,
};

use super::{
    CloseCode, Delivery, Frame, SocketLimits, Transport,
    outbox::{Outbox, Slot},
};

/// Stands for a close frame without a code.
const NO_CODE: u16 = 1005;
/// Stands for the end of a connection without a close frame.
const NO_CLOSE_FRAME: u16 = 1006;

/// Names a socket; unique in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// A socket. Clones are the same socket; the last one that is dropped frees the file descriptor.
#[derive(Debug, Clone)]
pub struct Socket(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    id: SocketId,
    stream: Transport,
    limits: SocketLimits,
    is_logged_in: AtomicBool,
    /// Tells the socket's task to look at `state`; a permit is kept, so it cannot be missed.
    changed: Notify,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    outbox: Outbox,
    /// Code of the close frame, once there was one.
    close_code: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// The close frame is written or waits as the last one.
    Closing,
    /// Nothing can be written any more.
    Broken,
}

/// Whether all that was sent is with the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flushed {
    Everything,
    /// The kernel takes no more for now.
    Partly,
}

impl Socket {
    pub(super) fn new(stream: Transport, limits: SocketLimits) -> Self {
        static NEXT_ID: AtomicU64 = AtomicU64::new(1);
        Self(Arc::new(Inner {
            id: SocketId(NEXT_ID.fetch_add(1, Ordering::Relaxed)),
            stream,
            limits,
            is_logged_in: AtomicBool::new(false),
            changed: Notify::new(),
            state: Mutex::new(State { phase: Phase::Open, outbox: Outbox::default(), close_code: None }),
        }))
    }

    #[must_use]
    pub fn id(&self) -> SocketId {
        self.0.id
    }

    /// Sends a frame that must not be lost. Never blocks.
    pub fn send(&self, frame: &Frame) -> Delivery {
        self.deliver(frame, None)
    }

    /// Sends a frame that replaces the one of the same slot if that one still waits. So it has to
    /// say all that its predecessor said: one slot per live and kind of value. Never blocks.
    pub fn send_latest(&self, slot: u64, frame: &Frame) -> Delivery {
        self.deliver(frame, Some(Slot::Volatile(slot)))
    }

    /// Sends what waits, then a close frame, then ends the stream. Later calls change nothing.
    /// Never blocks.
    pub fn close(&self, code: CloseCode, reason: &str) {
        self.close_with(code.number(), Frame::closing(code, reason));
    }

    /// Answers the close frame of the peer, which gave this code or none.
    pub(super) fn answer_close(&self, code: Option<u16>) {
        match code {
            Some(code) => self.close_with(code, Frame::close(code, "")),
            None => self.close_with(NO_CODE, Frame::close_without_code()),
        }
    }

    /// Code of the first close frame, ours or the peer's. 1005 if that frame had none, 1006 if
    /// there was no close frame (RFC 6455, 7.1.5).
    #[must_use]
    pub fn close_code(&self) -> u16 {
        self.state().close_code.unwrap_or(NO_CLOSE_FRAME)
    }

    /// The peer has said who it is: from now on only silence ends the socket.
    pub fn logged_in(&self) {
        self.0.is_logged_in.store(true, Ordering::Relaxed);
    }

    /// Bytes that wait for a slow reader.
    #[must_use]
    pub fn buffered_bytes(&self) -> usize {
        self.state().outbox.bytes()
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state().phase == Phase::Open
    }

    pub(super) fn is_logged_in(&self) -> bool {
        self.0.is_logged_in.load(Ordering::Relaxed)
    }

    pub(super) fn limits(&self) -> &SocketLimits {
        &self.0.limits
    }

    /// Answers a ping. An answer that still waits is replaced, and one for which there is no room
    /// is left out.
    pub(super) fn pong(&self, payload: &[u8]) {
        let frame = Frame::pong(payload);
        let mut state = self.state();
        if state.phase != Phase::Open {
            return;
        }
        state.outbox.withdraw(Slot::Pong);
        if state.outbox.is_empty() || state.outbox.has_room(&frame, &self.0.limits) {
            let _ = self.deliver_to(&mut state, &frame, Some(Slot::Pong));
        }
    }

    fn close_with(&self, code: u16, frame: Frame) {
        let mut state = self.state();
        if state.phase == Phase::Open {
            state.phase = Phase::Closing;
            state.close_code = Some(code);
            state.outbox.push(frame, None);
            let _ = self.flush_to(&mut state);
            self.0.changed.notify_one();
        }
    }

    /// Gives up on the socket: whatever waits is lost.
    pub(super) fn break_off(&self) {
        self.break_state(&mut self.state());
    }

    /// Waits until there is something to read, or room to write what waits, or a reason to look
    /// again.
    pub(super) async fn ready(&self, flushed: Flushed) -> io::Result<Ready> {
        let interest = match flushed {
            Flushed::Everything => Interest::READABLE,
            Flushed::Partly => Interest::READABLE | Interest::WRITABLE,
        };
        self.0.stream.ready(interest).await
    }

    pub(super) async fn writable(&self) -> io::Result<()> {
        self.0.stream.writable().await
    }

    pub(super) async fn readable(&self) -> io::Result<()> {
        self.0.stream.readable().await
    }

    pub(super) async fn changed(&self) {
        self.0.changed.notified().await;
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.stream.try_read(buffer)
    }

    /// Writes what waits, as far as the kernel takes it.
    pub(super) fn flush(&self) -> io::Result<Flushed> {
        self.flush_to(&mut self.state())
    }

    /// Tells the peer that nothing follows. It may be gone already, which is as good.
    pub(super) fn shut_down(&self, how: Shutdown) {
        let _ = self.0.stream.shutdown(how);
    }

    fn deliver(&self, frame: &Frame, slot: Option<Slot>) -> Delivery {
        let mut state = self.state();
        if state.phase != Phase::Open {
            return Delivery::Closed;
        }
        if let Some(slot) = slot
            && !state.outbox.is_empty()
        {
            state.outbox.withdraw(slot);
        }
        self.deliver_to(&mut state, frame, slot)
    }

    fn deliver_to(&self, state: &mut State, frame: &Frame, slot: Option<Slot>) -> Delivery {
        if state.outbox.is_empty() {
            return self.write_now(state, frame, slot);
        }
        if state.outbox.has_room(frame, &self.0.limits) {
            state.outbox.push(frame.clone(), slot);
            Delivery::Queued
        } else {
            state.outbox.clear();
            Delivery::Overflowed
        }
    }

    fn write_now(&self, state: &mut State, frame: &Frame, slot: Option<Slot>) -> Delivery {
        let bytes = frame.as_bytes();
        let written = match self.0.stream.try_write(bytes) {
            Ok(written) if written == bytes.len() => {
                if self.0.stream.has_unsent() {
                    self.0.changed.notify_one();
                }
                return Delivery::Written;
            }
            Ok(written) => written,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
            Err(_) => {
                self.break_state(state);
                return Delivery::Closed;
            }
        };
        state.outbox.start(frame.clone(), slot, written);
        self.0.changed.notify_one();
        Delivery::Queued
    }

    fn flush_to(&self, state: &mut State) -> io::Result<Flushed> {
        state.outbox.flush(|slices| self.0.stream.try_write_vectored(slices))?;
        let is_all_gone = state.outbox.is_empty() && self.0.stream.flush()?;
        Ok(if is_all_gone { Flushed::Everything } else { Flushed::Partly })
    }

    fn break_state(&self, state: &mut State) {
        state.phase = Phase::Broken;
        state.outbox = Outbox::default();
        self.0.changed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().expect("nothing panics while it holds this lock")
    }
}
