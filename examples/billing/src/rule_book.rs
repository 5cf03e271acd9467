//! The rules that a battle starts with: from a file that may change while this runs.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};
use duelcast_rules::RuleSet;

/// Bytes of a rule file at most.
const MAX_RULE_FILE_BYTES: u64 = 64 * 1_024;

/// The newest rules that made sense.
#[derive(Debug)]
pub struct RuleBook {
    path: Option<PathBuf>,
    newest: Mutex<Arc<RuleSet>>,
}

impl RuleBook {
    /// # Errors
    /// If there is a file and it does not hold a rule set that makes sense.
    pub fn open(path: Option<PathBuf>) -> Result<Self> {
        let rules = path.as_deref().map_or_else(|| Ok(RuleSet::reference()), read)?;
        Ok(Self { path, newest: Mutex::new(Arc::new(rules)) })
    }

    /// Looks at the file once more. When it makes no sense now, the rules stay as they were, and
    /// why is printed.
    pub fn newest(&self) -> Arc<RuleSet> {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &self.path {
            match read(path).and_then(|rules| follows(&newest, rules)) {
                Ok(rules) => *newest = Arc::new(rules),
                Err(error) => eprintln!("the rules stay {}: {error:#}", newest.version),
            }
        }
        Arc::clone(&newest)
    }
}

fn follows(before: &RuleSet, rules: RuleSet) -> Result<RuleSet> {
    ensure!(
        rules.version != before.version || rules == *before,
        "the file changed and still says version {}; give it another one.",
        rules.version
    );
    Ok(rules)
}

/// # Errors
/// If the file cannot be read or its rules make no sense.
pub fn read(path: &Path) -> Result<RuleSet> {
    let name = path.display();
    let size = fs::metadata(path).with_context(|| format!("{name} cannot be read"))?.len();
    ensure!(size <= MAX_RULE_FILE_BYTES, "{name} has more than {MAX_RULE_FILE_BYTES} bytes.");
    let text = fs::read(path).with_context(|| format!("{name} cannot be read"))?;
    let rules: RuleSet =
        serde_json::from_slice(&text).with_context(|| format!("{name} is not a rule set"))?;
    rules.checked().with_context(|| format!("{name} is refused"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, version: &str, basic: u32) {
        let tiers = format!(r#"{{"basic":{basic},"intermediate":8,"advanced":12}}"#);
        fs::write(path, format!(r#"{{"version":"{version}","tiers":{tiers}}}"#)).unwrap();
    }

    #[test]
    fn a_file_that_changes_is_read_again_and_one_that_makes_no_sense_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules.json");
        write(&path, "v1", 5);
        let book = RuleBook::open(Some(path.clone())).unwrap();
        write(&path, "v2", 6);
        assert_eq!((book.newest().version.as_str(), book.newest().tiers.basic), ("v2", 6));
        fs::write(&path, "{").unwrap();
        assert_eq!(book.newest().version, "v2");
        write(&path, "v2", 7);
        assert_eq!(book.newest().tiers.basic, 6, "changed rules need another version");
        fs::remove_file(&path).unwrap();
        assert_eq!(book.newest().version, "v2");
    }

    #[test]
    fn a_file_that_is_refused_is_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules.json");
        write(&path, "no spaces please", 5);
        let error = format!("{:#}", RuleBook::open(Some(path)).unwrap_err());
        assert!(error.contains("rules.json is refused: version must have"), "{error}");
    }

    #[test]
    fn the_rules_beside_this_example_are_sound() {
        read(Path::new("rules.json")).unwrap();
    }
}
