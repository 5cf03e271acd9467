//! REST as an integrator sees it: real HTTP against a whole server.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../server/client.rs"]
#[allow(dead_code, reason = "shared with the other test binary")]
mod client;
#[path = "../server/host.rs"]
#[allow(dead_code, reason = "shared with the other test binary")]
mod host;
#[path = "../server/http.rs"]
#[allow(dead_code, reason = "shared with the other test binary")]
mod http;
#[path = "../server/process.rs"]
#[allow(dead_code, reason = "shared with the other test binary")]
mod process;

mod contract;
mod document;
mod duel;
mod history;
mod idempotency;
mod keys;
mod ledger;
mod matrix;
mod requests;
