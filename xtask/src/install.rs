//! Installing tools into the cache. A tool appears there by a rename, so an interrupted
//! installation leaves nothing half done.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    fingerprint,
    process::{cargo, npm, run},
    steps::Work,
    tools::CargoTool,
};

/// Builds a tool from crates.io into the folder `into`. In the development profile, which is built
/// in half the time: tools run seldom and briefly.
pub fn cargo_install(tool: &CargoTool, into: &Path) -> Result<()> {
    let scratch = Scratch::beside(into)?;
    let package = format!("{}@{}", tool.krate, tool.version);
    let installed = scratch.0.join("installed");
    run(cargo()
        .args(["install", "--debug", "--quiet", &package])
        .args(tool.flags)
        .arg("--root")
        .arg(&installed)
        .env("CARGO_TARGET_DIR", scratch.0.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0"))
    .with_context(|| format!("{package} could not be installed; is the internet within reach?"))?;
    publish(&installed, into)
}

/// Installs one package from npm into the folder `into`.
pub fn npm_install(package: &str, into: &Path) -> Result<()> {
    let scratch = Scratch::beside(into)?;
    run(npm(&scratch.0)
        .args(["install", "--silent", "--no-save", "--no-package-lock", "--prefix", "."])
        .arg(package))
    .with_context(|| format!("{package} could not be installed; is the internet within reach?"))?;
    publish(&scratch.0, into)
}

/// Installs one package from PyPI into the virtual environment `into`. It cannot be moved, so its
/// last file tells that it is whole: pip writes a package's programs at its end.
pub fn pip_install(python: &Path, package: &str, into: &Path) -> Result<()> {
    let advice = format!("{package} could not be installed; is the internet within reach?");
    run(Command::new(python).args(["-m", "venv", "--clear"]).arg(into)).with_context(|| advice.clone())?;
    let python = into.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    run(Command::new(python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        package,
    ]))
    .context(advice)
}

/// Installs what a folder's lock file names, once for each lock file.
pub fn npm_ci(folder: &Path) -> Result<Work> {
    let lock = fingerprint::of(folder, &["package-lock.json"], "")?;
    let stamp = folder.join("node_modules/.lock-fingerprint");
    if fs::read_to_string(&stamp).is_ok_and(|last| last == lock) {
        return Ok(Work::UpToDate);
    }
    run(npm(folder).args(["ci", "--silent", "--prefer-offline"]))
        .context("`npm ci` needs the internet the first time")?;
    fs::write(&stamp, lock).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(Work::Done)
}

fn publish(from: &Path, into: &Path) -> Result<()> {
    if into.exists() {
        fs::remove_dir_all(into).with_context(|| format!("{} is in the way; remove it", into.display()))?;
    }
    fs::rename(from, into).with_context(|| format!("{} cannot be made", into.display()))
}

/// A folder for work in progress, removed at the end whatever happens.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(place: &Path) -> Result<Self> {
        let name = place.file_name().expect("a tool's folder has a name").to_string_lossy();
        let folder = place.with_file_name(format!(".{name}.{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| {
            format!(
                "{} cannot be made: set DUELCAST_CACHE to a folder that can be written to",
                folder.display()
            )
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let removed = fs::remove_dir_all(&self.0);
        if let Err(error) = removed
            && error.kind() != std::io::ErrorKind::NotFound
        {
            eprintln!("warning: {} could not be removed: {error}", self.0.display());
        }
    }
}
