//! `cargo xtask npm`: the npm package in `npm/dist`. `cargo xtask npm test` tests it as well.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    client, fingerprint,
    install::npm_ci,
    paths, prerequisites,
    process::{cargo, node, npm, run as run_command},
    steps::{Steps, Work},
    tools,
};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// A form of the wasm: its file's name and the features it is built with.
struct Build {
    name: &'static str,
    features: &'static [&'static str],
}

const BUILDS: [Build; 2] = [
    Build { name: "duelcast", features: &[] },
    Build { name: "elements", features: &["--features", "elements"] },
];

/// Installs what is needed and builds the package.
pub fn build_package() -> Result<()> {
    let mut steps = Steps::new(3);
    steps.step("checking what must be installed", prerequisites::check)?;
    steps.step("looking for the build tools", client::install_tools)?;
    steps.step("building the npm package", build)
}

/// Brings `npm/dist` up to date.
pub fn build() -> Result<Work> {
    build_wasm()?;
    build_facade()?;
    Ok(Work::Done)
}

/// The folder of the package.
pub fn folder() -> PathBuf {
    paths::root().join("npm")
}

fn build_wasm() -> Result<()> {
    let into = folder().join("dist/wasm");
    let inputs =
        [&client::SOURCES[..], &["crates/embed", "xtask/scripts/guard.js", "xtask/scripts/guard.mjs"]]
            .concat();
    let settings = format!("{PROFILE} {:?}", client::WASM_OPT_ARGS);
    let fingerprint = fingerprint::of(paths::root(), &inputs, &settings)?;
    let stamp = paths::target().join("npm.fingerprint");
    let is_built = BUILDS.iter().all(|build| into.join(format!("{}_bg.wasm", build.name)).is_file());
    if is_built && fs::read_to_string(&stamp).is_ok_and(|last| last == fingerprint) {
        return Ok(());
    }
    fs::create_dir_all(&into).with_context(|| format!("{} cannot be made", into.display()))?;
    BUILDS.iter().try_for_each(|build| build_one(build, &into))?;
    client::optimize(&into)?;
    fs::write(&stamp, fingerprint).with_context(|| format!("{} cannot be written", stamp.display()))
}

fn build_one(build: &Build, into: &Path) -> Result<()> {
    let package = ["build", "-p", "duelcast-embed", "--profile", PROFILE, "--target", TARGET];
    run_command(cargo().args(package).args(build.features))?;
    run_command(
        Command::new(tools::wasm_bindgen()?.ensure()?.join("wasm-bindgen"))
            .args(["--target", "web", "--out-name", build.name, "--out-dir"])
            .arg(into)
            .arg(paths::target().join(TARGET).join(PROFILE).join("duelcast_embed.wasm")),
    )?;
    run_command(node("guard.mjs").arg(into.join(format!("{}.js", build.name))))
}

fn build_facade() -> Result<()> {
    npm_ci(&folder())?;
    run_command(npm(&folder()).args(["run", "--silent", "build"]))
}
