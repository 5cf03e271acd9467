//! The API against its own document: schemathesis sends what the OpenAPI document allows and what
//! it forbids to the real server, and looks at each answer.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use super::{Selection, tally::Tally};
use crate::{
    paths,
    process::output,
    server::{self, SERVER, Service},
    steps::Steps,
    tools,
};

pub const STEPS: usize = 3;
/// Signs the token of this run, on a server that ends with it.
const API_KEY: &str = "contract:a-secret-of-a-server-that-soon-ends";
/// The same cases in every run.
const SEED: &str = "1";
/// Cases of each operation and phase, at most.
const MAX_EXAMPLES: &str = "40";

pub fn run(selection: Selection, steps: &mut Steps, tally: &mut Tally) {
    let build = if selection.is_all() { server::build_among_tests } else { server::build };
    let is_ready = tally.step(steps, "looking for schemathesis", tools::install_schemathesis)
        && tally.step(steps, "building the server", build);
    if !is_ready {
        return;
    }
    let what = "the API against its document";
    let folder = paths::target().join("contract");
    match start(&folder) {
        Ok(server) => match command(&server, &folder) {
            Ok(mut command) => tally.run(steps, what, &mut command),
            Err(error) => tally.give_up(what, &error),
        },
        Err(error) => tally.give_up(what, &error),
    }
}

/// A server with demo streamers, on a data folder of its own.
fn start(folder: &Path) -> Result<Service> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} is in the way", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut command = Command::new(paths::binary("debug", SERVER));
    command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--log", "error", "--api-key", API_KEY]);
    Service::start("the server", command.arg("--data").arg(folder.join("data")))
}

fn command(server: &Service, folder: &Path) -> Result<Command> {
    let arguments = ["token", "--service", "--user", "contract", "--api-key", API_KEY];
    let token = output(Command::new(paths::binary("debug", SERVER)).args(arguments))?;
    let mut command = Command::new(tools::schemathesis()?);
    command
        .arg("--config-file")
        .arg(paths::root().join("xtask/contract.toml"))
        .args(["run", &format!("{}/openapi.json", server.url)])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--checks", "all", "--seed", SEED, "--max-examples", MAX_EXAMPLES])
        .args(["--generation-database", "none", "--continue-on-failure"])
        .current_dir(folder);
    Ok(command)
}
