//! The npm package: what is in it, and its pages against the real server.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use super::{Selection, browser, e2e, tally::Tally};
use crate::{
    npm, paths,
    process::{path_with, run as run_command},
    server::{self, SERVER},
    steps::{Steps, Work},
    tools,
};

pub const STEPS: usize = 5;

pub fn run(selection: Selection, steps: &mut Steps, tally: &mut Tally) {
    let server = if selection.is_all() { server::build_among_tests } else { server::build };
    let is_ready = tally.step(steps, "building the npm package", npm::build)
        && tally.step(steps, "installing what drives its pages", e2e::install)
        && tally.step(steps, "building the server for it", server)
        && tally.step(steps, "building the example in Rust", build_example);
    if !is_ready {
        return;
    }
    let what = "tests of the npm package";
    match command() {
        Ok(mut command) => tally.run(steps, what, &mut command),
        Err(error) => tally.give_up(what, &error),
    }
}

/// The Leptos app of `examples/leptos`, as `trunk build` makes it.
fn build_example() -> Result<Work> {
    let (trunk, wasm_bindgen) = (tools::trunk().ensure()?, tools::wasm_bindgen()?.ensure()?);
    run_command(
        Command::new(trunk.join("trunk"))
            .args(["build", "--offline", "--skip-version-check", "--no-sri", "--public-url", "./", "--dist"])
            .arg(example())
            .current_dir(paths::root().join("examples/leptos"))
            .env("PATH", path_with(&[&wasm_bindgen])?)
            .env_remove("NO_COLOR"),
    )?;
    Ok(Work::Done)
}

fn example() -> PathBuf {
    paths::target().join("leptos-example")
}

fn command() -> Result<Command> {
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "test/index.mjs"])
        .current_dir(npm::folder())
        .env("DUELCAST_SERVER", paths::binary("debug", SERVER))
        .env("DUELCAST_LEPTOS_EXAMPLE", example())
        .env("DUELCAST_SYMBOLS", paths::symbols())
        .env("CHROMIUM", browser::chromium()?);
    Ok(command)
}
