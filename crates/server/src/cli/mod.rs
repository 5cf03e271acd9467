//! What the command line does besides serving.

mod verify;

pub(crate) use verify::{Verify, verify};
