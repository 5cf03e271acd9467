//! The simulator against the real server, and against one that counts wrongly.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(dead_code, reason = "the helpers are those of all server tests, and each of them uses some")]

#[path = "../server/client.rs"]
mod client;
#[path = "../rest_api/duel.rs"]
mod duel;
#[path = "../server/host.rs"]
mod host;
#[path = "../server/http.rs"]
mod http;
#[path = "../server/process.rs"]
mod process;

mod storms;
