//! The data folder: made, locked, and the demo's API key in it.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use duelcast_secrets::random;

use crate::{
    auth::{ApiKey, KeyFile, Keys},
    config::Config,
    start_error::StartError,
};

const LOCK_FILE: &str = "lock";
/// In the names of databases and of what SQLite keeps beside them.
const DATABASE_ENDING: &str = ".sqlite3";
const DEMO_KEY_FILE: &str = "demo-key";
const DEMO_KEY_ID: &str = "demo";
const DEMO_SECRET_BYTES: usize = 32;
const OWNER_ONLY_FOLDER: u32 = 0o700;
const OWNER_ONLY_FILE: u32 = 0o600;

/// Makes the folder if need be and holds it for as long as the file lives.
pub(crate) fn lock(folder: &Path) -> Result<File, StartError> {
    let unusable = |source: io::Error| unusable(folder, source);
    DirBuilder::new().recursive(true).mode(OWNER_ONLY_FOLDER).create(folder).map_err(unusable)?;
    let path = folder.join(LOCK_FILE);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(OWNER_ONLY_FILE)
        .open(path)
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => {
            keep_databases_to_owner(folder).map_err(unusable)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(StartError::DataFolderInUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

/// Databases hold secrets and people's names. An earlier version made them readable for everybody.
fn keep_databases_to_owner(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_database = entry.file_name().to_string_lossy().contains(DATABASE_ENDING);
        if is_database && entry.metadata()?.permissions().mode() & !OWNER_ONLY_FILE & 0o777 != 0 {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(OWNER_ONLY_FILE))?;
        }
    }
    Ok(())
}

/// The keys that hold until the server ends, and one of all to sign with.
#[derive(Debug, PartialEq)]
pub(crate) struct StartKeys {
    pub first: ApiKey,
    pub given: Vec<ApiKey>,
}

/// The keys that were given; without any and none in the data folder, one that is made once for the
/// demo and kept.
pub(crate) fn api_keys(config: &Config) -> Result<StartKeys, StartError> {
    if let Some(first) = config.api_keys.first().cloned() {
        return Ok(StartKeys { first, given: config.api_keys.clone() });
    }
    let file = KeyFile::of(&config.data);
    let stored = file.read()?.into_iter().next().map(|key| key.id);
    if let Some(first) = stored.and_then(|id| Keys::new(&[]).with_file(file).signer(&id)) {
        return Ok(StartKeys { first, given: Vec::new() });
    }
    let key = demo_key(config)?;
    Ok(StartKeys { first: key.clone(), given: vec![key] })
}

fn demo_key(config: &Config) -> Result<ApiKey, StartError> {
    let path = config.data.join(DEMO_KEY_FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_demo_key(&path).map_err(|source| unusable(&config.data, source))?
        }
        Err(source) => return Err(unusable(&config.data, source)),
    };
    match text.trim().parse() {
        Ok(key) => Ok(key),
        Err(error) => {
            Err(StartError::DemoKey { path, message: format!("{error} Delete the file to have one made.") })
        }
    }
}

fn make_demo_key(path: &Path) -> io::Result<String> {
    let key = format!("{DEMO_KEY_ID}:{}", random::hex(&random::bytes::<DEMO_SECRET_BYTES>()));
    let mut file = OpenOptions::new().create_new(true).write(true).mode(OWNER_ONLY_FILE).open(path)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    Ok(key)
}

fn unusable(folder: &Path, source: io::Error) -> StartError {
    if source.kind() == io::ErrorKind::StorageFull {
        return StartError::DiskFull;
    }
    StartError::DataFolder { path: folder.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_of_an_earlier_version_become_their_owners_only() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("webhooks.sqlite3-wal");
        fs::write(&database, "").unwrap();
        fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
        drop(lock(folder.path()).unwrap());
        assert_eq!(fs::metadata(&database).unwrap().permissions().mode() & 0o777, OWNER_ONLY_FILE);
    }

    #[test]
    fn a_folder_is_held_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        assert!(matches!(lock(folder.path()), Err(StartError::DataFolderInUse(_))));
        drop(held);
        assert!(lock(folder.path()).is_ok());
    }

    #[test]
    fn the_key_of_a_demo_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { demo: true, ..Config::new(folder.path().to_owned()) };
        let made = api_keys(&config).unwrap();
        assert_eq!(api_keys(&config).unwrap(), made);
        let mode = fs::metadata(folder.path().join(DEMO_KEY_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, OWNER_ONLY_FILE);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = lock(&file.join("data")).unwrap_err();
        assert!(error.to_string().contains("give another with --data"), "{error}");
    }
}
