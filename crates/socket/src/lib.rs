//! WebSockets, server side: many idle ones, each cheap, and one frame for many of them.
//!
//! [`upgrade()`] answers the handshake and hands the TCP stream to [`run`], a task that reads,
//! watches for silence and writes what the kernel did not take at once. [`Socket`] is the handle to
//! it: any thread may send through it, and nothing it does blocks. A [`Frame`] is encoded once,
//! however many sockets it goes to.
//!
//! Nothing here knows JSON-RPC, users or lives.

mod close;
mod codec;
mod frame;
mod handle;
mod outbox;
mod permit;
mod rate;
mod scratch;
mod task;
mod tls_stream;
mod transport;
mod upgrade;

use std::time::Duration;

use duelcast_protocol::limits;

pub use close::CloseCode;
pub use codec::{Decoder, Incoming, ProtocolError};
pub use frame::Frame;
pub use handle::{Socket, SocketId};
pub use outbox::Delivery;
pub use permit::PeerPermit;
pub use rate::{Rate, TokenBucket};
pub use task::run;
pub use transport::Transport;
pub use upgrade::{Origins, UpgradeRefusal, upgrade};

/// Handles what happens on a socket. For state per socket, give each socket an implementor of its
/// own.
pub trait SocketEvents: Send + Sync + 'static {
    /// A text message came in. The socket reads and writes nothing until the future is done, so a
    /// future that waits holds up this socket and no other. Not called any more once the socket is
    /// closing.
    fn text(&self, socket: &Socket, text: &str) -> impl Future<Output = ()> + Send;

    /// The socket is closed: nothing more is read or sent. Called exactly once, and last.
    fn closed(&self, socket: &Socket);
}

/// What a socket may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketLimits {
    /// Silence after which the socket is closed with [`CloseCode::Silent`].
    pub silence: Duration,
    /// How long the socket may wait for [`Socket::logged_in`] before it is closed with
    /// [`CloseCode::Unauthorized`].
    pub login: Duration,
    /// Frames that wait for a slow reader; one more empties the queue.
    pub max_queue_frames: usize,
    /// Bytes that wait for a slow reader; more empty the queue. A single frame may always wait.
    pub max_queue_bytes: usize,
}

impl Default for SocketLimits {
    fn default() -> Self {
        Self {
            silence: Duration::from_millis(limits::SILENCE_TIMEOUT_MS),
            login: Duration::from_millis(limits::LOGIN_TIMEOUT_MS),
            max_queue_frames: 512,
            max_queue_bytes: 1024 * 1024,
        }
    }
}
