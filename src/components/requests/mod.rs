//! Open requests, incoming and outgoing, each with its own countdown.

mod battle;
mod cohost;
mod list;
mod quiet;
mod row;
mod seat;

pub use cohost::{CoHostInbox, CoHostSent};
pub use list::RequestList;
pub use quiet::{QuietSwitch, restore_quiet};
