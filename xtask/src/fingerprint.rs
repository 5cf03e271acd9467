//! Whether files changed since they were last used: a hash over their names and contents.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use anyhow::{Context, Result};

/// Hashes files and folders (with all that is in them), in the order given; what does not exist
/// counts as absent.
pub fn of(root: &Path, inputs: &[&str], settings: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    settings.hash(&mut hasher);
    for input in inputs {
        add(&root.join(input), &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        entries.iter().try_for_each(|entry| add(&entry.path(), hasher))
    } else if path.exists() {
        fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?.hash(hasher);
        Ok(())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_deep_in_a_folder_changes_the_fingerprint() {
        let root = std::env::temp_dir().join(format!("duelcast-fingerprint-{}", std::process::id()));
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/c"), "1").unwrap();
        let first = of(&root, &["a", "absent"], "").unwrap();
        assert_eq!(of(&root, &["a", "absent"], "").unwrap(), first);
        fs::write(root.join("a/b/c"), "2").unwrap();
        assert_ne!(of(&root, &["a", "absent"], "").unwrap(), first);
        fs::remove_dir_all(root).unwrap();
    }
}
