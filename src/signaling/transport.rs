//! What the connection task needs from a socket, so that tests can bring their own.

use futures::{future::LocalBoxFuture, stream::LocalBoxStream};

/// A text that came in, or why nothing will come any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketFrame {
    Text(String),
    Closed(SocketEnd),
}

/// How a socket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketEnd {
    pub code: u16,
    pub reason: String,
}

/// An open socket. Dropping it closes it.
pub struct SocketHandle {
    /// Ends after [`SocketFrame::Closed`].
    pub incoming: LocalBoxStream<'static, SocketFrame>,
    /// Hands a text over; false if the socket cannot take it any more.
    pub send: Box<dyn FnMut(&str) -> bool>,
    /// Bytes handed over and not yet on the network.
    pub buffered_bytes: Box<dyn Fn() -> u32>,
}

/// Opens sockets.
pub trait Transport {
    /// An open socket, or `None` if it did not come up.
    fn open(&self, url: &str) -> LocalBoxFuture<'static, Option<SocketHandle>>;
}
