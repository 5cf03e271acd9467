//! The server's state as signals. Only this module writes it; components read it and call methods.
//!
//! All stores of one live share one replica ([`crate::lives::Live`]). Changes are written leaf by
//! leaf, after a comparison. Signals are reference-counted, so that they outlive the components
//! that show them.

mod battle;
mod cards;
mod chat;
mod client;
mod co_host;
mod countdown;
mod events;
mod guest;
mod guest_storage;
mod js;
mod keyed;
mod like;
mod like_counter;
mod live;
mod live_list;
mod page_token;
mod room;
mod room_state;
mod seat;
mod signal;
mod state;
mod tab_lock;
mod topic;

pub use crate::lives::{ClientConfig, LivePhase};
pub use battle::BattleStore;
pub use cards::MAX_CARDS;
pub use chat::{BarrageStore, GiftStore};
pub use client::{Client, SignIn};
pub use co_host::{CoHostStore, HostConnectionRequest};
pub use countdown::{remaining_seconds, remaining_until};
pub use events::{EventStream, MAX_WAITING_EVENTS};
pub use guest::SignInError;
pub use like::LikeStore;
pub use live::{AudienceStore, LiveStore};
pub use live_list::{LiveListState, LiveListStore, NewLive};
pub use seat::LiveSeatStore;
#[cfg(feature = "app")]
pub(crate) use signal::SetIfChanged;
pub use state::*;
