//! Inviting other streamers.

mod candidate;
mod sheet;

pub use sheet::CoHostSheet;
