//! `cargo xtask build`: the release server with the client inside.

use anyhow::Result;

use crate::{
    client, paths, prerequisites,
    process::{cargo, run as run_command},
    server::SERVER,
    steps::{Steps, Work},
};

pub fn run() -> Result<()> {
    let mut steps = Steps::new(4);
    steps.step("checking what must be installed", prerequisites::check)?;
    steps.step("looking for the build tools", client::install_tools)?;
    steps.step("building the client", client::build)?;
    steps.step("building the server", || {
        run_command(cargo().args(["build", "--release", "-p", SERVER]))?;
        Ok(Work::Done)
    })?;
    println!("Built {}", paths::binary("release", SERVER).display());
    Ok(())
}
