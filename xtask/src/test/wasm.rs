//! wasm-bindgen tests of the client in headless Chromium.

use std::process::Command;

use anyhow::Result;

use super::{browser, tally::Tally};
use crate::{process::cargo, steps::Steps, tools};

pub const STEPS: usize = 1;
/// How long one test binary may take in the browser.
const TIMEOUT_S: &str = "120";

pub fn run(steps: &mut Steps, tally: &mut Tally) {
    let what = "browser tests of the client";
    match command() {
        Ok(mut command) => tally.run(steps, what, &mut command),
        Err(error) => tally.give_up(what, &error),
    }
}

fn command() -> Result<Command> {
    let mut command = cargo();
    command
        .args([
            "test",
            "-p",
            "duelcast",
            "--target",
            "wasm32-unknown-unknown",
            "--lib",
            "--tests",
            "--no-fail-fast",
        ])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            tools::wasm_bindgen()?.ensure()?.join("wasm-bindgen-test-runner"),
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT_S)
        .env("CHROMEDRIVER", browser::driver()?);
    Ok(command)
}
