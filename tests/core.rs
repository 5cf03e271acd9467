//! Signaling and stores in a real browser, against a server that the tests play themselves: every
//! test is a dialogue.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "core/connection.rs"]
mod connection;
#[path = "core/lives.rs"]
mod lives;
#[path = "core/server.rs"]
mod server;
#[path = "core/sign_in.rs"]
mod sign_in;
#[path = "core/stores.rs"]
mod stores;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
