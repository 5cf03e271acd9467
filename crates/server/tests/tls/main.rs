//! TLS on both sides: those who come to the server, and the endpoints that it goes to.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../server/client.rs"]
#[allow(dead_code, reason = "shared with the other test binaries")]
mod client;
#[path = "../server/host.rs"]
#[allow(dead_code, reason = "shared with the other test binaries")]
mod host;
#[path = "../server/http.rs"]
#[allow(dead_code, reason = "shared with the other test binaries")]
mod http;

mod certificate;
mod deliveries;
mod receiver;
mod secure_clients;
