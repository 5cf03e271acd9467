//! What a build needs beside cargo: checked, or installed in the right version. Each thing that is
//! missing and cannot be installed is one sentence that says what to do.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use xshell::cmd;

use crate::paths;

const TRUNK: &str = "0.21.14";
const SCHEMATHESIS: &str = "4.32.5";
const OLDEST_NODE: u32 = 20;
/// The oldest Python 3 that schemathesis runs on.
const OLDEST_PYTHON: &str = "10";

/// Installs everything that builds of the client and the npm package need.
pub fn install() -> Result<()> {
    check_c_compiler()?;
    check_node()?;
    add_wasm_target()?;
    npm_ci(paths::root())?;
    trunk()?;
    wasm_bindgen()?;
    Ok(())
}

/// `PATH` with the tools of [`install`] in front.
pub fn path() -> Result<OsString> {
    let mut folders = vec![trunk()?, wasm_bindgen()?, paths::root().join("node_modules/.bin")];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).context("a folder's name cannot be part of PATH")
}

/// The folder with Trunk, which bundles the client.
fn trunk() -> Result<PathBuf> {
    CargoTool {
        package: "trunk",
        version: TRUNK,
        binaries: &["trunk"],
        flags: &["--locked", "--no-default-features"],
        minutes: 3,
    }
    .ensure()
}

/// The folder with wasm-bindgen and its test runner; the version must be that of the `wasm-bindgen`
/// crate.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    CargoTool {
        package: "wasm-bindgen-cli",
        version,
        binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        flags: &[],
        minutes: 1,
    }
    .ensure()
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split('"').next()
}

/// A tool that `cargo install` builds.
struct CargoTool<'a> {
    package: &'a str,
    version: &'a str,
    /// What must be there; the first one is asked for its version.
    binaries: &'a [&'a str],
    /// Further flags of `cargo install`.
    flags: &'a [&'a str],
    /// How long the build takes on two cores.
    minutes: u32,
}

impl CargoTool<'_> {
    /// The folder with the tool's binaries: on `PATH` or in the cache, where they are built if need
    /// be. In the development profile, which is built in half the time: tools run seldom and
    /// briefly.
    fn ensure(&self) -> Result<PathBuf> {
        let Self { package, version, binaries, flags, minutes } = *self;
        let cached = paths::cache()?.join("tools").join(format!("{}-{version}", binaries[0]));
        let path = env::var_os("PATH").unwrap_or_default();
        let mut places = env::split_paths(&path).chain([cached.join("bin")]);
        if let Some(folder) = places.find(|folder| self.is_in(folder)) {
            return Ok(folder);
        }
        println!(
            "      building {package} {version}: once, about {minutes} minutes on two cores; it stays in"
        );
        println!("      {}", cached.display());
        let shell = paths::shell()?;
        cmd!(shell, "cargo install --debug --quiet {package}@{version} {flags...} --root {cached}")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // Shared, so that what two tools need is built once.
            .env("CARGO_TARGET_DIR", paths::target().join("tools"))
            .quiet()
            .run()
            .with_context(|| {
                format!("{package} {version} could not be installed; is the internet within reach?")
            })?;
        Ok(cached.join("bin"))
    }

    fn is_in(&self, folder: &Path) -> bool {
        let file = |name: &str| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        self.binaries.iter().all(|name| file(name).is_file())
            && read(&file(self.binaries[0]), &["--version"])
                .is_ok_and(|said| said.split_whitespace().nth(1) == Some(self.version))
    }
}

/// Installs what the lock file of a folder names, unless npm did so after the file's last change.
pub fn npm_ci(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = lock.to_str().context("the workspace's path is not UTF-8")?;
    if paths::is_newer(&folder.join("node_modules/.package-lock.json"), &[lock])? {
        return Ok(());
    }
    let shell = paths::shell()?;
    shell.change_dir(folder);
    cmd!(shell, "npm ci --silent --no-fund --no-audit --prefer-offline")
        .quiet()
        .run()
        .context("`npm ci` needs the internet the first time")
}

/// The program that tests the API against its document, fetched from PyPI if need be.
pub fn schemathesis() -> Result<PathBuf> {
    let into = paths::cache()?.join("tools").join(format!("schemathesis-{SCHEMATHESIS}"));
    let program = into.join("bin/schemathesis");
    // pip writes a package's programs at its end: the program is there when everything is.
    if !program.is_file() {
        let shell = paths::shell()?;
        let is_old = format!("import ensurepip, sys; sys.exit(sys.version_info < (3, {OLDEST_PYTHON}))");
        read(Path::new("python3"), &["-c", &is_old]).with_context(|| {
            format!(
                "the tests of the API's document need Python 3.{OLDEST_PYTHON} or newer with its venv module: install it \
                 (Debian: `apt install python3-venv`, macOS: `brew install python`) and try again"
            )
        })?;
        cmd!(shell, "python3 -m venv --clear {into}").quiet().run()?;
        let pip = into.join("bin/pip");
        cmd!(shell, "{pip} install --quiet --disable-pip-version-check schemathesis=={SCHEMATHESIS}")
            .run()?;
    }
    Ok(program)
}

fn check_c_compiler() -> Result<()> {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    read(Path::new(&compiler), &["--version"]).with_context(|| {
        format!(
            "no C compiler ({compiler}) was found, and SQLite needs one: install one (Debian: `apt install gcc libc6-dev`, \
             macOS: `xcode-select --install`) and try again"
        )
    })?;
    Ok(())
}

fn check_node() -> Result<()> {
    let advice =
        format!("install Node {OLDEST_NODE} or newer with npm from https://nodejs.org and try again");
    let version = read(Path::new("node"), &["--version"])
        .with_context(|| format!("Node was not found, and builds and tests need it: {advice}"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    match major {
        Some(major) => ensure!(OLDEST_NODE <= major, "Node {version} is too old: {advice}"),
        None => bail!("`node --version` answers {version:?}: {advice}"),
    }
    read(Path::new("npm"), &["--version"]).with_context(|| format!("npm was not found: {advice}"))?;
    Ok(())
}

fn add_wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let installed = read(Path::new("rustc"), &["--print", "target-libdir", "--target", TARGET])?;
    if !Path::new(&installed).is_dir() {
        let shell = paths::shell()?;
        cmd!(shell, "rustup target add {TARGET}").quiet().run().with_context(|| {
            format!("a part of Rust is missing: add it with `rustup target add {TARGET}` and try again")
        })?;
    }
    Ok(())
}

/// What a program prints; its errors are part of the error.
fn read(program: &Path, args: &[&str]) -> Result<String> {
    let shell = paths::shell()?;
    Ok(cmd!(shell, "{program} {args...}").quiet().ignore_stderr().read()?)
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
