//! The client's texts: a JSON file for each language, in the format of i18next (`{{name}}` for what
//! is filled in, `_one`, `_other` and so on at the end of a key for plural forms), so that
//! translators' tools read them.
//!
//! Runs at build time: what is wrong with a language stops the build, and each English text becomes
//! a function whose arguments are what it wants to be filled in. Nothing of this crate is in the
//! client.

mod check;
mod code;
mod plural;
mod texts;

use std::{collections::BTreeMap, fmt, fs, path::Path};

pub use texts::{Message, Texts};

/// The language that the code is made from and the others are held to.
pub const REFERENCE: &str = "en";

/// Something that is wrong with a language. `Display` is a sentence that names the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub language: String,
    pub problem: String,
}

impl Fault {
    fn new(language: &str, problem: impl Into<String>) -> Self {
        Self { language: language.to_owned(), problem: problem.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.json: {}", self.language, self.problem)
    }
}

/// Reads every `*.json` of a folder and gives the code of the reference language's texts.
///
/// # Errors
/// Everything that is wrong with any of the files.
pub fn compile(folder: &Path) -> Result<String, Vec<Fault>> {
    let all = read(folder)?;
    let missing = || vec![Fault::new(REFERENCE, "there is no such file")];
    let reference = all.get(REFERENCE).ok_or_else(missing)?;
    let faults: Vec<Fault> =
        all.iter().flat_map(|(language, texts)| check::faults(language, texts, reference)).collect();
    if faults.is_empty() { Ok(code::write(reference)) } else { Err(faults) }
}

fn read(folder: &Path) -> Result<BTreeMap<String, Texts>, Vec<Fault>> {
    let unreadable =
        |error: std::io::Error| vec![Fault::new(&folder.display().to_string(), error.to_string())];
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(language) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) else {
            continue;
        };
        let json = fs::read_to_string(&path).map_err(unreadable)?;
        let texts = Texts::parse(&json).map_err(|problem| vec![Fault::new(language, problem)])?;
        all.insert(language.to_owned(), texts);
    }
    Ok(all)
}
