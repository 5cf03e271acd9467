//! `cargo xtask bench`: builds the release server and hands over to `crates/bench`, or to a browser for what a page costs.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{
    client, paths, prerequisites,
    process::{cargo, run as run_command},
    server::SERVER,
    test::{browser, e2e},
};

pub fn run(args: &[String]) -> Result<()> {
    let Some((what, options)) = args.split_first() else {
        bail!("which benchmark? `cargo xtask bench fanout` or `cargo xtask bench frames`");
    };
    prerequisites::check()?;
    client::install_tools()?;
    client::build()?;
    run_command(cargo().args(["build", "--release", "-p", SERVER]))?;
    if what == "frames" {
        return frames(options);
    }
    run_command(cargo().args(["run", "--release", "-p", "duelcast-bench", "--"]).args(args))
}

/// What a frame of a page costs while scores move.
fn frames(options: &[String]) -> Result<()> {
    browser::ensure()?;
    e2e::install()?;
    let mut command = Command::new("node");
    command
        .arg("bench/frames.mjs")
        .args(options)
        .current_dir(paths::root().join("tests/e2e"))
        .env("DUELCAST_SERVER", paths::binary("release", SERVER))
        .env("CHROMIUM", browser::chromium()?);
    run_command(&mut command)
}
