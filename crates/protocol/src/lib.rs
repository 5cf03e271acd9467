//! The words of Duelcast on the wire: ids, limits, methods, events, snapshots and errors.
//!
//! The only place that knows field names. No rules (they live in `duelcast-realm`), no clock, no IO; the one piece of
//! logic is [`LiveSnapshot::fold`], because client and server must agree on what an event does to a snapshot.
//!
//! Every time is an integer count of milliseconds: `…Ms` is a span, `…At` is Unix epoch time.

extern crate self as duelcast_protocol;

mod battle;
mod chat;
mod codes;
mod cohost;
mod error;
mod event;
mod fold;
mod ids;
pub mod limits;
mod live;
mod methods;
mod moderation;
pub mod rest;
mod rpc;
#[cfg(any(test, feature = "test-support"))]
mod sample;
mod seat;
mod snapshot;
pub mod text;
mod webhooks;
pub mod wire;

pub use battle::*;
pub use chat::*;
pub use codes::*;
pub use cohost::*;
pub use error::*;
pub use event::*;
pub use ids::*;
pub use live::*;
pub use methods::*;
pub use moderation::*;
pub use rpc::*;
pub use seat::*;
pub use snapshot::*;
pub use webhooks::*;

/// WebSocket subprotocol of this version.
pub const SUBPROTOCOL: &str = "duelcast.v1";

/// Milliseconds since the Unix epoch.
pub type Timestamp = u64;

/// A span in milliseconds.
pub type DurationMs = u64;
