//! Chromium and its driver: found, or installed through apt when that is allowed.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{process::run, steps::Work};

const CHROMIUM_NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const APT_PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Makes sure that both are there.
pub fn ensure() -> Result<Work> {
    if chromium().is_ok() && driver().is_ok() {
        return Ok(Work::UpToDate);
    }
    let advice = format!("the browser tests need Chromium and its driver: {}", advice());
    let Some(sudo) = way_to_root() else { bail!("{advice}") };
    apt(sudo, &["update", "-qq"]).and_then(|()| apt(sudo, &["install", "-y", "-qq"])).context(advice)?;
    chromium().and(driver())?;
    Ok(Work::Done)
}

/// The browser: `$CHROMIUM`, else from `PATH`.
pub fn chromium() -> Result<PathBuf> {
    find("CHROMIUM", &CHROMIUM_NAMES)
        .context("Chromium was not found: install it, or set CHROMIUM to its path")
}

/// The driver: `$CHROMEDRIVER`, else from `PATH`.
pub fn driver() -> Result<PathBuf> {
    find("CHROMEDRIVER", &["chromedriver"])
        .context("chromedriver was not found: install it, or set CHROMEDRIVER to its path")
}

fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).or_else(|| names.iter().find_map(|name| on_path(name)))
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn advice() -> &'static str {
    if on_path("apt-get").is_some() {
        "type `sudo apt-get install chromium chromium-driver`"
    } else if on_path("brew").is_some() {
        "type `brew install --cask chromium chromedriver`"
    } else {
        "install both, or set CHROMIUM and CHROMEDRIVER to their paths"
    }
}

/// What goes in front of apt-get; `None` when it would not work without asking.
fn way_to_root() -> Option<&'static [&'static str]> {
    if on_path("apt-get").is_none() {
        None
    } else if succeeds("test", &["-w", "/var/lib/dpkg"]) {
        Some(&[])
    } else if succeeds("sudo", &["-n", "true"]) {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn apt(sudo: &[&str], args: &[&str]) -> Result<()> {
    let packages: &[&str] = if args.contains(&"install") { &APT_PACKAGES } else { &[] };
    let words = [sudo, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], args, packages].concat();
    let (program, args) = words.split_first().expect("there is at least `env`");
    run(Command::new(program).args(args).stdout(Stdio::null()))
}

fn succeeds(program: &str, args: &[&str]) -> bool {
    let status = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
