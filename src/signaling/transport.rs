//! The socket interface of the connection task. Tests implement it.

use futures::{future::LocalBoxFuture, stream::LocalBoxStream};

/// A received text, or why no more will arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketFrame {
    Text(String),
    Closed(SocketEnd),
}

/// Why a socket closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketEnd {
    pub code: u16,
    pub reason: String,
}

/// An open socket. Dropping it closes it.
pub struct SocketHandle {
    /// Ends after [`SocketFrame::Closed`].
    pub incoming: LocalBoxStream<'static, SocketFrame>,
    /// Sends a text; returns false if the socket accepts no more.
    pub send: Box<dyn FnMut(&str) -> bool>,
    /// Bytes that are buffered and not yet sent.
    pub buffered_bytes: Box<dyn Fn() -> u32>,
}

/// Opens sockets.
pub trait Transport {
    /// Opens a socket; `None` if that failed.
    fn open(&self, url: &str) -> LocalBoxFuture<'static, Option<SocketHandle>>;
}
