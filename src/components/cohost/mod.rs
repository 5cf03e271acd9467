//! Inviting other streamers.

mod candidate;
mod leave;
mod sheet;

pub use leave::LeaveCoHostingSheet;
pub use sheet::CoHostSheet;
