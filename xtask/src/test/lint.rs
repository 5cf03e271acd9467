//! Formatting and clippy; every warning is an error.

use std::process::Command;

use super::tally::Tally;
use crate::{process::cargo, steps::Steps};

pub const STEPS: usize = 6;

pub fn run(steps: &mut Steps, tally: &mut Tally) {
    tally.run(steps, "checking the format", cargo().args(["fmt", "--all", "--check"]));
    tally.run(steps, "clippy, native", &mut clippy(&["--workspace"], &[]));
    let wasm = ["--target", "wasm32-unknown-unknown"];
    tally.run(steps, "clippy, wasm", &mut clippy(&["-p", "duelcast"], &wasm));
    let engine = ["check", "-p", "duelcast-engine"];
    tally.run(steps, "the engine as wasm", cargo().args(engine).args(wasm));
    let elements = ["-p", "duelcast-embed", "--features", "elements"];
    tally.run(steps, "clippy, custom elements", &mut clippy(&elements, &wasm));
    tally.run(steps, "clippy, the library alone", &mut clippy(&["-p", "duelcast-example-leptos"], &wasm));
}

fn clippy(packages: &[&str], target: &[&str]) -> Command {
    let mut command = cargo();
    command.arg("clippy").args(packages).args(target).args(["--all-targets", "--", "-D", "warnings"]);
    command
}
