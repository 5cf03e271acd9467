//! Where things are: the workspace, what was built, and the cache that survives `cargo clean`.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The workspace's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// The client's files as Trunk leaves them.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder, wherever the user has it.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Function names of release modules by index, a file for each: they resolve the stack of a trap.
pub fn symbols() -> PathBuf {
    target().join("symbols")
}

/// A binary that cargo built in this workspace.
pub fn binary(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Scripts for Node that xtask calls.
pub fn script(name: &str) -> PathBuf {
    root().join("xtask/scripts").join(name)
}

/// Where tools are kept: `$DUELCAST_CACHE`, else `$XDG_CACHE_HOME/duelcast`, else
/// `~/.cache/duelcast`.
pub fn cache() -> Result<PathBuf> {
    if let Some(dir) = env::var_os("DUELCAST_CACHE") {
        return Ok(root().join(dir));
    }
    if let Some(dir) = env::var_os("XDG_CACHE_HOME") {
        return Ok(PathBuf::from(dir).join("duelcast"));
    }
    let home = env::home_dir()
        .context("no home folder is known: set DUELCAST_CACHE to a folder for the build tools")?;
    Ok(home.join(".cache/duelcast"))
}
