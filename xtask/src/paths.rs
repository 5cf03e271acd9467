//! Where things are: the workspace, what was built, and the cache that survives `cargo clean`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result};

/// The workspace's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// A shell in the workspace's root folder.
pub fn shell() -> Result<xshell::Shell> {
    let shell = xshell::Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// Cargo's target folder, wherever the user has it.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Function names of the npm package's release modules by index, a file for each: they resolve the
/// stack of a trap.
pub fn symbols() -> PathBuf {
    target().join("symbols")
}

/// A binary that cargo built in this workspace.
pub fn binary(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
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

/// Whether `output` was written after the last change of each input, as make decides it. Inputs are
/// files and folders of the workspace, with all that is in them.
pub fn is_newer(output: &Path, inputs: &[&str]) -> Result<bool> {
    let Ok(built) = modified(output) else { return Ok(false) };
    for input in inputs {
        if newest(&root().join(input)).with_context(|| format!("{input} cannot be read"))? >= built {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The last change in a file or folder; a folder changes when a name is added or removed.
fn newest(path: &Path) -> std::io::Result<SystemTime> {
    let mut newest = modified(path)?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(self::newest(&entry?.path())?);
        }
    }
    Ok(newest)
}

fn modified(path: &Path) -> std::io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_output_is_as_new_as_the_last_change_deep_in_its_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let (output, input) = (folder.path().join("output"), folder.path().join("a/b/input"));
        fs::create_dir_all(input.parent().unwrap()).unwrap();
        fs::write(&input, "").unwrap();
        let inputs = [folder.path().join("a")];
        let inputs: Vec<&str> = inputs.iter().map(|path| path.to_str().unwrap()).collect();
        assert!(!is_newer(&output, &inputs).unwrap(), "there is no output yet");

        let later = fs::File::create(&output).unwrap();
        later.set_modified(newest(&folder.path().join("a")).unwrap() + Duration::from_secs(1)).unwrap();
        assert!(is_newer(&output, &inputs).unwrap());

        let changed = fs::File::options().append(true).open(&input).unwrap();
        changed.set_modified(modified(&output).unwrap() + Duration::from_secs(1)).unwrap();
        assert!(!is_newer(&output, &inputs).unwrap());
    }
}
