//! What must be on the machine before anything is built. Each thing that is missing is one sentence
//! that says what to do.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

use crate::{
    process::{output, run},
    steps::Work,
};

const OLDEST_NODE: u32 = 20;
/// The oldest Python 3 that schemathesis runs on.
const OLDEST_PYTHON: u32 = 10;
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Checks everything and adds the parts of Rust that are missing.
pub fn check() -> Result<Work> {
    c_compiler()?;
    node()?;
    wasm_target()
}

fn c_compiler() -> Result<()> {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let found =
        Command::new(&compiler).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        bail!(
            "no C compiler ({compiler}) was found, and SQLite needs one: install one (Debian: `apt install gcc libc6-dev`, \
             macOS: `xcode-select --install`) and try again"
        );
    }
    Ok(())
}

fn node() -> Result<()> {
    let advice =
        format!("install Node {OLDEST_NODE} or newer with npm from https://nodejs.org and try again");
    let version = output(Command::new("node").arg("--version"))
        .map_err(|_| anyhow!("Node was not found, and builds and tests need it: {advice}"))?;
    let major =
        major_version(&version).with_context(|| format!("`node --version` answers {version:?}: {advice}"))?;
    if major < OLDEST_NODE {
        bail!("Node {version} is too old: {advice}");
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    output(Command::new(npm).arg("--version")).map_err(|_| anyhow!("npm was not found: {advice}"))?;
    Ok(())
}

/// A Python that can make virtual environments.
pub fn python() -> Result<PathBuf> {
    let name = if cfg!(windows) { "python" } else { "python3" };
    let script = format!("import ensurepip, sys; sys.exit(sys.version_info < (3, {OLDEST_PYTHON}))");
    output(Command::new(name).args(["-c", &script])).map_err(|_| {
        anyhow!(
            "Python 3.{OLDEST_PYTHON} or newer with its venv module was not found, and the tests of the API's document need it: \
             install it (Debian: `apt install python3-venv`, macOS: `brew install python`) and try again"
        )
    })?;
    Ok(name.into())
}

fn major_version(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn wasm_target() -> Result<Work> {
    if has_wasm_target()? {
        return Ok(Work::UpToDate);
    }
    rustup(&["target", "add", WASM_TARGET])?;
    Ok(Work::Done)
}

fn rustup(args: &[&str]) -> Result<()> {
    let what = args.join(" ");
    run(Command::new("rustup").args(args))
        .with_context(|| format!("a part of Rust is missing: add it with `rustup {what}` and try again"))
}

fn rustc(args: &[&str]) -> Result<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Ok(output(Command::new(rustc).args(args))?.into())
}

fn has_wasm_target() -> Result<bool> {
    Ok(rustc(&["--print", "target-libdir", "--target", WASM_TARGET])?.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("nonsense"), None);
    }
}
