//! Chromium and its driver: found, or installed through apt when that is allowed.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::paths;

const ADVICE: &str = "the browser tests need Chromium and its driver: install both (Debian: `apt install chromium \
    chromium-driver`, macOS: `brew install --cask chromium chromedriver`), or set CHROMIUM and CHROMEDRIVER to their paths";

/// Makes sure that both are there.
pub fn install() -> Result<()> {
    if browser().is_ok() && driver().is_ok() {
        return Ok(());
    }
    let shell = paths::shell()?;
    let is_root = cmd!(shell, "test -w /var/lib/dpkg").quiet().run().is_ok();
    let sudo: &[&str] = if is_root { &[] } else { &["sudo", "--non-interactive"] };
    let script = "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium chromium-driver";
    let words = [sudo, &["sh", "-c", script]].concat();
    let (program, args) = words.split_first().expect("there is `sh`");
    cmd!(shell, "{program} {args...}").ignore_stdout().run().context(ADVICE)?;
    browser().and(driver())?;
    Ok(())
}

/// The browser: `$CHROMIUM`, else from `PATH`.
pub fn browser() -> Result<PathBuf> {
    find("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}

/// The driver: `$CHROMEDRIVER`, else from `PATH`.
pub fn driver() -> Result<PathBuf> {
    find("CHROMEDRIVER", &["chromedriver"])
}

fn find(variable: &str, names: &[&str]) -> Result<PathBuf> {
    let on_path = || names.iter().find_map(|name| which::which(name).ok());
    env::var_os(variable).map(PathBuf::from).or_else(on_path).context(ADVICE)
}
