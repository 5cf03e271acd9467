//! The build tools that cargo does not bring: which ones, which versions, and where they are.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    install::{cargo_install, npm_install, pip_install},
    paths, prerequisites,
    process::output,
    steps::Work,
};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const ESBUILD: &str = "0.28.2";
const SCHEMATHESIS: &str = "4.32.5";

/// A tool that `cargo install` builds.
pub struct CargoTool {
    pub krate: &'static str,
    pub version: String,
    /// What must be there; the first one is asked for its version.
    pub binaries: &'static [&'static str],
    /// Further flags of `cargo install`.
    pub flags: &'static [&'static str],
    /// How long the build takes on two cores.
    pub minutes: u32,
}

/// Bundles the client.
pub fn trunk() -> CargoTool {
    CargoTool {
        krate: "trunk",
        version: TRUNK.to_owned(),
        binaries: &["trunk"],
        flags: &["--locked", "--no-default-features"],
        minutes: 3,
    }
}

/// Makes the glue between wasm and JavaScript; its version must be that of the `wasm-bindgen`
/// crate.
pub fn wasm_bindgen() -> Result<CargoTool> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    Ok(CargoTool {
        krate: "wasm-bindgen-cli",
        version: version.to_owned(),
        binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        flags: &[],
        minutes: 1,
    })
}

impl CargoTool {
    /// The folder with the tool's binaries, if it is installed: on `PATH` or in the cache.
    pub fn find(&self) -> Result<Option<PathBuf>> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).find(|folder| self.is_in(folder));
        let cached = self.cached()?.join("bin");
        Ok(on_path.or_else(|| self.is_in(&cached).then_some(cached)))
    }

    /// The folder with the tool's binaries; builds them if need be.
    pub fn ensure(&self) -> Result<PathBuf> {
        if let Some(folder) = self.find()? {
            return Ok(folder);
        }
        let into = self.cached()?;
        println!(
            "      building {} {} (once, about {} minutes on two cores; it stays in {})",
            self.krate,
            self.version,
            self.minutes,
            into.display()
        );
        cargo_install(self, &into)?;
        Ok(into.join("bin"))
    }

    fn cached(&self) -> Result<PathBuf> {
        let name = self.binaries[0];
        Ok(paths::cache()?.join("tools").join(format!("{name}-{}", self.version)))
    }

    fn is_in(&self, folder: &std::path::Path) -> bool {
        let file = |name: &str| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        self.binaries.iter().all(|name| file(name).is_file())
            && output(Command::new(file(self.binaries[0])).arg("--version"))
                .is_ok_and(|said| said.split_whitespace().nth(1) == Some(&self.version))
    }
}

/// The folder with wasm-opt; fetches it from npm if need be.
pub fn binaryen() -> Result<PathBuf> {
    from_npm("binaryen", BINARYEN)
}

/// The folder with esbuild; fetches it from npm if need be.
pub fn esbuild() -> Result<PathBuf> {
    from_npm("esbuild", ESBUILD)
}

fn from_npm(package: &str, version: &str) -> Result<PathBuf> {
    let into = paths::cache()?.join("tools").join(format!("{package}-{version}"));
    let folder = into.join("node_modules/.bin");
    if !folder.is_dir() {
        println!("      fetching {package} {version} (once; it stays in {})", into.display());
        npm_install(&format!("{package}@{version}"), &into)?;
    }
    Ok(folder)
}

/// Fetches schemathesis from PyPI if need be.
pub fn install_schemathesis() -> Result<Work> {
    if schemathesis()?.is_file() {
        return Ok(Work::UpToDate);
    }
    let into = schemathesis_folder()?;
    println!("      fetching schemathesis {SCHEMATHESIS} (once; it stays in {})", into.display());
    pip_install(&prerequisites::python()?, &format!("schemathesis=={SCHEMATHESIS}"), &into)?;
    Ok(Work::Done)
}

/// The program that tests the API against its document.
pub fn schemathesis() -> Result<PathBuf> {
    Ok(venv_binary(&schemathesis_folder()?, "schemathesis"))
}

fn schemathesis_folder() -> Result<PathBuf> {
    Ok(paths::cache()?.join("tools").join(format!("schemathesis-{SCHEMATHESIS}")))
}

fn venv_binary(venv: &std::path::Path, name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    venv.join(folder).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

fn locked_version<'a>(lock: &'a str, krate: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("name = \"{krate}\"\nversion = \""))?;
    after.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }
}
