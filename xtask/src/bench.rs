//! `cargo xtask bench`: builds the release server and hands over to `crates/bench`.

use anyhow::{Result, bail};

use crate::{
    client, prerequisites,
    process::{cargo, run as run_command},
    server::SERVER,
};

pub fn run(args: &[String]) -> Result<()> {
    if args.is_empty() {
        bail!("which benchmark? `cargo xtask bench fanout`");
    }
    prerequisites::check()?;
    client::install_tools()?;
    client::build()?;
    run_command(cargo().args(["build", "--release", "-p", SERVER]))?;
    run_command(cargo().args(["run", "--release", "-p", "duelcast-bench", "--"]).args(args))
}
