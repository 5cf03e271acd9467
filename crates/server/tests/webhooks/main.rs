//! Webhook endpoints: made over REST, each with a place and a pace of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(dead_code, reason = "the helpers are those of all server tests, and each of them uses some")]

#[path = "../server/client.rs"]
mod client;
#[path = "../server/host.rs"]
mod host;
#[path = "../server/http.rs"]
mod http;
#[path = "../server/receiver.rs"]
mod receiver;

mod endpoints;
mod failures;
mod order;
mod private;
mod stage;
