//! Every message as it stands on the wire, one line each. A change here is a change of the
//! protocol.

#![allow(clippy::unwrap_used, reason = "tests")]

mod events;
mod replies;
mod requests;
mod rest;
mod samples;

use serde::{Serialize, de::DeserializeOwned};

/// One line: the message as JSON. It must read back as the same value.
fn line<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(message: &T) -> String {
    let json = serde_json::to_string(message).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *message, "{json} reads back as it was");
    json
}
