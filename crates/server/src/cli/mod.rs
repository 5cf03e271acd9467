//! What the command line does besides serving.

mod key;
mod process;
mod simulate;
mod variables;
mod verify;

pub(crate) use key::{Key, key};
pub(crate) use process::prepare_process;
pub(crate) use simulate::{Simulate, simulate};
pub(crate) use variables::{unknown_variables, without_empty_variables};
pub(crate) use verify::{Verify, verify};
