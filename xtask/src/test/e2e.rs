//! End-to-end tests: real pages against the real server.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::{Selection, browser, tally::Tally};
use crate::{
    install::npm_ci,
    paths,
    server::{self, BILLING, SERVER},
    steps::{Steps, Work},
};

pub const STEPS: usize = 3;

pub fn run(selection: Selection, steps: &mut Steps, tally: &mut Tally) {
    let build = if selection.is_all() { server::build_among_tests } else { server::build };
    let is_ready = tally.step(steps, "installing the npm packages of the end-to-end tests", install)
        && tally.step(steps, "building the server", build);
    if !is_ready {
        return;
    }
    let what = "end-to-end tests";
    match command() {
        Ok(mut command) => tally.run(steps, what, &mut command),
        Err(error) => tally.give_up(what, &error),
    }
}

/// Playwright and what else drives pages.
pub fn install() -> Result<Work> {
    npm_ci(&paths::root().join("tests/e2e"))
}

fn command() -> Result<Command> {
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(test_files()?)
        .current_dir(paths::root().join("tests/e2e"))
        .env("DUELCAST_SERVER", paths::binary("debug", SERVER))
        .env("DUELCAST_BILLING", paths::binary("debug", BILLING))
        .env("CHROMIUM", browser::chromium()?);
    Ok(command)
}

fn test_files() -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(paths::root().join("tests/e2e")).context("tests/e2e cannot be read")?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    Ok(files)
}
