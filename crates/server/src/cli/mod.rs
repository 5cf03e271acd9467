//! What the command line does besides serving.

mod simulate;
mod verify;

pub(crate) use simulate::{Simulate, simulate};
pub(crate) use verify::{Verify, verify};
