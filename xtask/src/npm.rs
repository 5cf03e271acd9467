//! `cargo xtask npm`: the npm package in `npm/dist`. `cargo xtask npm test` tests it as well.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    client, paths, prerequisites,
    process::{cargo, npm, run as run_command},
    server::{self, SERVER},
    steps::{Steps, Work},
    test::browser,
    tools,
};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

pub fn run(args: &[String]) -> Result<()> {
    let is_tested = match args {
        [] => false,
        [what] if what == "test" => true,
        _ => bail!("`cargo xtask npm` takes nothing, or `test`"),
    };
    let mut steps = Steps::new(if is_tested { 6 } else { 4 });
    steps.step("checking what must be installed", prerequisites::check)?;
    steps.step("looking for the build tools", client::install_tools)?;
    steps.step("building the wasm", build_wasm)?;
    steps.step("building the TypeScript", build_facade)?;
    if is_tested {
        steps.step("building the server", server::build)?;
        steps.step("testing the package", test)?;
    }
    Ok(())
}

fn build_wasm() -> Result<Work> {
    run_command(cargo().args(["build", "-p", "duelcast-embed", "--profile", PROFILE, "--target", TARGET]))?;
    let into = paths::root().join("npm/dist/wasm");
    fs::create_dir_all(&into).with_context(|| format!("{} cannot be made", into.display()))?;
    run_command(
        Command::new(tools::wasm_bindgen()?.ensure()?.join("wasm-bindgen"))
            .args(["--target", "web", "--out-name", "duelcast", "--out-dir"])
            .arg(&into)
            .arg(paths::target().join(TARGET).join(PROFILE).join("duelcast_embed.wasm")),
    )?;
    client::shrink(&into)?;
    Ok(Work::Done)
}

fn build_facade() -> Result<Work> {
    let folder = paths::root().join("npm");
    if !folder.join("node_modules").is_dir() {
        run_command(npm(&folder).args(["ci", "--silent"]))
            .context("`npm ci` needs the internet the first time")?;
    }
    run_command(npm(&folder).args(["run", "--silent", "build"]))?;
    Ok(Work::Done)
}

fn test() -> Result<Work> {
    browser::ensure()?;
    let e2e = paths::root().join("tests/e2e");
    if !e2e.join("node_modules").is_dir() {
        run_command(npm(&e2e).args(["ci", "--silent"]))
            .context("`npm ci` needs the internet the first time")?;
    }
    run_command(
        npm(&paths::root().join("npm"))
            .args(["run", "--silent", "test"])
            .env("DUELCAST_SERVER", paths::binary("debug", SERVER))
            .env("CHROMIUM", browser::chromium()?),
    )?;
    Ok(Work::Done)
}
