//! `cargo xtask bench`: builds the release server and hands over to `crates/bench`, or to a browser
//! for what a page costs.

use std::env;

use anyhow::Result;
use xshell::cmd;

use crate::{
    chromium, client, paths,
    server::{self, SERVER},
    steps, test,
};

pub fn run(what: &str, options: &[String]) -> Result<()> {
    steps::run(&[client::TOOLS, client::BUILD, server::BUILD_RELEASE])?;
    let shell = paths::shell()?;
    // Paths among the options are relative to the caller's folder.
    shell.change_dir(env::current_dir()?);
    if !matches!(what, "client" | "frames") {
        return Ok(cmd!(shell, "cargo run --release -p duelcast-bench -- {what} {options...}").run()?);
    }
    chromium::install()?;
    test::install_e2e()?;
    let script = paths::root().join(format!("tests/e2e/bench/{what}.mjs"));
    cmd!(shell, "node {script} {options...}")
        .env("DUELCAST_SERVER", paths::binary("release", SERVER))
        .env("CHROMIUM", chromium::browser()?)
        .run()?;
    Ok(())
}
