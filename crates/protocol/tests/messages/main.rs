//! Every message as it stands on the wire, one line each. A change here is a change of the protocol.

#![allow(clippy::unwrap_used, reason = "tests")]

mod events;
mod replies;
mod requests;
mod rest;
mod samples;
mod wire;

use duelcast_protocol::wire::{FromWire, ToWire};
use serde::{Serialize, de::DeserializeOwned};

/// One line: the message as JSON. It must read back as the same value.
fn line<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(message: &T) -> String {
    let json = serde_json::to_string(message).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *message, "{json} reads back as it was");
    json
}

/// A line, and the client's reader and writer agree with serde's.
fn line_of_both<T>(message: &T) -> String
where
    T: Serialize + DeserializeOwned + FromWire + ToWire + PartialEq + std::fmt::Debug,
{
    wire::agree(message);
    line(message)
}
