//! What the command line does besides serving.

mod key;
mod simulate;
mod verify;

pub(crate) use key::{Key, key};
pub(crate) use simulate::{Simulate, simulate};
pub(crate) use verify::{Verify, verify};
