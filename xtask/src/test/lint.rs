//! Formatting and clippy; every warning is an error.

use std::process::Command;

use super::tally::Tally;
use crate::{process::cargo, steps::Steps};

pub const STEPS: usize = 3;

pub fn run(steps: &mut Steps, tally: &mut Tally) {
    tally.run(steps, "checking the format", cargo().args(["fmt", "--all", "--check"]));
    tally.run(steps, "clippy, native", &mut clippy(&["--workspace"]));
    tally.run(steps, "clippy, wasm", &mut clippy(&["-p", "duelcast", "--target", "wasm32-unknown-unknown"]));
}

fn clippy(packages: &[&str]) -> Command {
    let mut command = cargo();
    command.arg("clippy").args(packages).args(["--all-targets", "--", "-D", "warnings"]);
    command
}
