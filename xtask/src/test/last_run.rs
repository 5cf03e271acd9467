//! What the last complete run saw: when every file is as it was then and all passed, there is nothing to run again.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{fingerprint, paths, process::output};

/// A run of all tests, before or after it.
pub struct LastRun {
    files: String,
}

impl LastRun {
    /// Looks at the files as they are now. `None` where git does not say which files there are.
    pub fn of_files_now() -> Option<Self> {
        Some(Self { files: files_now().ok()? })
    }

    /// How many tests passed when the files were the same.
    pub fn passed(&self) -> Option<u32> {
        read(&fs::read_to_string(place()).ok()?, &self.files)
    }

    /// Remembers that all of these passed, unless a file was changed meanwhile.
    pub fn keep(&self, passed: u32) -> Result<()> {
        if files_now()? != self.files {
            return Ok(());
        }
        let place = place();
        fs::write(&place, format!("{} {passed}", self.files))
            .with_context(|| format!("{} cannot be written", place.display()))
    }
}

fn place() -> PathBuf {
    paths::target().join("tests.passed")
}

fn read(text: &str, files: &str) -> Option<u32> {
    let (seen, passed) = text.split_once(' ')?;
    passed.trim().parse().ok().filter(|_| seen == files)
}

fn files_now() -> Result<String> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let list = output(Command::new("git").args(arguments).current_dir(paths::root()))?;
    fingerprint::of(paths::root(), &list.lines().collect::<Vec<_>>(), &list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_files_count_as_passed() {
        assert_eq!(read("0123 567", "0123"), Some(567));
        assert_eq!(read("0123 567", "4567"), None);
        assert_eq!(read("", "0123"), None);
    }
}
