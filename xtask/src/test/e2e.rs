//! End-to-end tests: real pages against the real server.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::{Selection, browser, tally::Tally};
use crate::{
    fingerprint, paths,
    process::{npm, run as run_command},
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

fn install() -> Result<Work> {
    let folder = paths::root().join("tests/e2e");
    let lock = fingerprint::of(&folder, &["package.json", "package-lock.json"], "")?;
    let stamp = folder.join("node_modules/.lock-fingerprint");
    if fs::read_to_string(&stamp).is_ok_and(|last| last == lock) {
        return Ok(Work::UpToDate);
    }
    run_command(npm(&folder).args(["ci", "--silent"]))
        .context("`npm ci` needs the internet the first time")?;
    fs::write(&stamp, lock)?;
    Ok(Work::Done)
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
