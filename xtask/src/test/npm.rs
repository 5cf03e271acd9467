//! The npm package: what is in it, and its pages against the real server.

use std::process::Command;

use anyhow::Result;

use super::{Selection, browser, e2e, tally::Tally};
use crate::{
    npm, paths,
    server::{self, SERVER},
    steps::Steps,
};

pub const STEPS: usize = 4;

pub fn run(selection: Selection, steps: &mut Steps, tally: &mut Tally) {
    let server = if selection.is_all() { server::build_among_tests } else { server::build };
    let is_ready = tally.step(steps, "building the npm package", npm::build)
        && tally.step(steps, "installing what drives its pages", e2e::install)
        && tally.step(steps, "building the server for it", server);
    if !is_ready {
        return;
    }
    let what = "tests of the npm package";
    match command() {
        Ok(mut command) => tally.run(steps, what, &mut command),
        Err(error) => tally.give_up(what, &error),
    }
}

fn command() -> Result<Command> {
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "test/index.mjs"])
        .current_dir(npm::folder())
        .env("DUELCAST_SERVER", paths::binary("debug", SERVER))
        .env("CHROMIUM", browser::chromium()?);
    Ok(command)
}
