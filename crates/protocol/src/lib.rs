//! The wire protocol of Duelcast: ids, limits, methods, events, snapshots and errors.
//!
//! Field names are defined here only. No rules (see `duelcast-realm`), no clock, no IO. The only
//! logic is [`LiveSnapshot::fold`], because client and server must agree on the effect of an event
//! on a snapshot.
//!
//! Names of the reference API are kept, also where they could be better: `Room` and `Host` mean a
//! live, `isDisable` means that a user is muted, `applicants` are received co-host invitations and
//! `invitees` sent ones.
//!
//! Every time is an integer count of milliseconds: `…Ms` is a span, `…At` is Unix epoch time.

mod battle;
mod chat;
mod cohost;
mod error;
mod event;
mod fold;
mod ids;
pub mod limits;
mod live;
mod members;
mod methods;
mod moderation;
pub mod rest;
mod rpc;
#[cfg(any(test, feature = "test-support"))]
mod sample;
mod seat;
mod snapshot;
mod strict;
pub mod text;
mod webhooks;

pub use battle::*;
pub use chat::*;
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
pub use strict::Strict;
pub use webhooks::*;

/// WebSocket subprotocol of this version.
pub const SUBPROTOCOL: &str = "duelcast.v1";

/// Milliseconds since the Unix epoch.
pub type Timestamp = u64;

/// A span in milliseconds.
pub type DurationMs = u64;
