//! The client in `dist/`: `trunk build --release`, as Trunk.toml and index.html say, with tools of
//! the right version.

use anyhow::Result;
use xshell::cmd;

use crate::{paths, steps::Step, tools};

pub const TOOLS: Step = ("looking for the build tools", tools::install);
pub const BUILD: Step = ("building the client", build);

/// Everything that the client's wasm is made of, and what builds it.
pub const SOURCES: [&str; 13] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "build.rs",
    "crates/catalogue",
    "crates/protocol/Cargo.toml",
    "crates/protocol/src",
    "locales",
    "package-lock.json",
    "rust-toolchain.toml",
    "src",
    "xtask/scripts",
    "xtask/src",
];

/// What the page around it is made of.
const PAGE: [&str; 4] = ["Trunk.toml", "index.html", "public", "style"];

/// Brings `dist/` up to date. It changes as a whole, at the end.
pub fn build() -> Result<()> {
    let stamp = paths::target().join("client.built");
    let is_built = paths::root().join("dist/index.html").is_file();
    if is_built && paths::is_newer(&stamp, &[&SOURCES[..], &PAGE].concat())? {
        return Ok(());
    }
    let started = tempfile::NamedTempFile::new_in(paths::target())?;
    let shell = paths::shell()?;
    let path = tools::path()?;
    cmd!(shell, "trunk build --release --skip-version-check")
        .env("PATH", path)
        .env_remove("NO_COLOR")
        .quiet()
        .run()?;
    started.persist(stamp)?;
    Ok(())
}
