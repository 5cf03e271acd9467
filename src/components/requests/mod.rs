//! Everything that waits for an answer, coming and going, each with its own countdown.

mod battle;
mod cohost;
mod list;
mod row;
mod seat;

pub use list::RequestList;
