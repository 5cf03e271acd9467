//! A client's socket, as the engine sees it.

use std::fmt::Debug;

use serde::Serialize;

/// Names a socket; unique among those of one engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// Why the engine closes a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// The user is banned from this server.
    Banned,
    /// The server is going down.
    GoingAway,
    /// The same user logged in elsewhere.
    KickedByOtherSession,
    /// The client does not take even one snapshot of each live that it has joined.
    TooSlow,
}

impl CloseReason {
    /// What the client is told.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Banned => "You are banned from this server.",
            Self::GoingAway => "the server is going down",
            Self::KickedByOtherSession => "the same user logged in elsewhere",
            Self::TooSlow => "too slow for the lives it has joined",
        }
    }
}

/// The socket's queue was full and is empty now: the client needs a fresh snapshot of each live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflowed;

/// A handle to a client's socket: where the engine's output goes. Clones are the same socket. No
/// method blocks, and what is sent to a closed socket is dropped.
pub trait ClientSocket: Clone + Debug {
    /// A message in the form that is sent, encoded once for all sockets that it goes to.
    type Frame;

    fn id(&self) -> SocketId;

    fn encode(message: &impl Serialize) -> Self::Frame;

    /// Sends a frame that must not be lost.
    ///
    /// # Errors
    /// If the queue overflowed.
    fn send(&self, frame: &Self::Frame) -> Result<(), Overflowed>;

    /// Sends a frame that replaces the one of the same slot if that one still waits.
    ///
    /// # Errors
    /// If the queue overflowed.
    fn send_latest(&self, slot: u64, frame: &Self::Frame) -> Result<(), Overflowed>;

    /// Sends what waits, and closes the socket.
    fn close(&self, reason: CloseReason);

    /// The client has logged in: from now on only silence ends the socket.
    fn logged_in(&self);
}
