//! The socket: one task owns it, logs in, sends pings, reconnects, and matches answers to calls.
//!
//! This module does not know the state of a live: notifications go to a [`Listener`], in order,
//! once per animation frame.

mod backoff;
mod calls;
mod clock;
mod codec;
mod error;
mod handle;
mod inbox;
mod pulse;
mod run;
mod session;
mod session_state;
mod status;
mod token;
mod transport;
mod wake;
mod web_socket;

pub use backoff::backoff_ms;
pub use clock::{ClockEstimate, ServerClock};
pub use codec::RawReply;
pub use error::CallError;
pub use handle::{Call, Listener, Signaling, SignalingConfig};
pub use status::{OfflineReason, Status};
pub use token::{TokenFuture, TokenProvider, TokenRefused};
pub use transport::{SocketEnd, SocketFrame, SocketHandle, Transport};
pub use web_socket::WebSocketTransport;
