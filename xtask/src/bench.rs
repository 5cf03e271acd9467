//! `cargo xtask bench`: builds the release server and hands over to `crates/bench`, or to a browser
//! for what a page costs.

use std::process::Command;

use anyhow::Result;

use crate::{
    client, paths, prerequisites,
    process::{cargo, run as run_command},
    server::SERVER,
    test::{browser, e2e},
};

pub fn run(what: &str, options: &[String]) -> Result<()> {
    prerequisites::check()?;
    client::install_tools()?;
    client::build()?;
    run_command(cargo().args(["build", "--release", "-p", SERVER]))?;
    if matches!(what, "client" | "frames") {
        return in_browser(what, options);
    }
    run_command(cargo().args(["run", "--release", "-p", "duelcast-bench", "--", what]).args(options))
}

/// Runs `tests/e2e/bench/{what}.mjs`, in the caller's folder: paths among the options are relative
/// to it.
fn in_browser(what: &str, options: &[String]) -> Result<()> {
    browser::ensure()?;
    e2e::install()?;
    let mut command = Command::new("node");
    command
        .arg(paths::root().join(format!("tests/e2e/bench/{what}.mjs")))
        .args(options)
        .env("DUELCAST_SERVER", paths::binary("release", SERVER))
        .env("CHROMIUM", browser::chromium()?);
    run_command(&mut command)
}
