//! The API keys of the data folder: made, listed, rotated and revoked by the command line while the
//! server runs.
//!
//! HS256 needs the secret itself on both ends, so the file holds it in the clear, for its owner
//! only (mode 0600).

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown},
    path::{Path, PathBuf},
    time::Duration,
};

use duelcast_protocol::KeyId;
use duelcast_secrets::{Secret, random};
use serde::{Deserialize, Serialize};

use super::ApiKey;

const FILE: &str = "keys.json";
/// Whoever changes the keys holds a lock on this file meanwhile.
const LOCK_FILE: &str = "keys.lock";
const SECRET_BYTES: usize = 32;
/// Keys in one file.
const MAX_KEYS: usize = 1_000;
/// Secrets of one key: the newest, and those that are still good after a rotation.
const MAX_SECRETS: usize = 8;
const OWNER_ONLY_FOLDER: u32 = 0o700;
const OWNER_ONLY_FILE: u32 = 0o600;

/// Why the keys cannot be used or changed. One sentence each.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("The keys in {path} cannot be used: {source}.", path = path.display())]
    Unusable { path: PathBuf, source: io::Error },
    #[error("There is a key {0} already; rotate it, or revoke it first.")]
    Exists(KeyId),
    #[error("There is no key {0} in this data folder.")]
    Unknown(KeyId),
    #[error("There are {MAX_KEYS} keys, or {MAX_SECRETS} secrets of this key, already; revoke some.")]
    Full,
}

/// A key as it is kept. Not `Debug`: it has secrets.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredKey {
    pub id: KeyId,
    /// Newest last; that one signs.
    secrets: Vec<StoredSecret>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredSecret {
    secret: String,
    /// Unix seconds, like the times of tokens.
    created_at: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
}

impl StoredKey {
    /// Unix seconds at which each secret was made.
    pub fn created_at(&self) -> impl Iterator<Item = u64> {
        self.secrets.iter().map(|secret| secret.created_at)
    }

    /// The secrets that are good at this time (Unix seconds), the newest first.
    pub(super) fn good_at(&self, now: u64) -> impl Iterator<Item = Secret> {
        let good = self.secrets.iter().rev().filter(move |it| it.expires_at.is_none_or(|at| now < at));
        good.map(|it| Secret::new(it.secret.as_bytes()))
    }

    fn make_secret(&mut self) -> ApiKey {
        let secret = random::hex(&random::bytes::<SECRET_BYTES>());
        let key = ApiKey { id: self.id.clone(), secret: Secret::new(secret.as_bytes()) };
        self.secrets.push(StoredSecret { secret, created_at: super::now(), expires_at: None });
        key
    }
}

/// When the file changed last; another file has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    inode: u64,
    changed_at: (i64, i64),
}

/// Where the keys are.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    #[must_use]
    pub fn of(data: &Path) -> Self {
        Self { path: data.join(FILE) }
    }

    /// The keys; none if there is no file.
    ///
    /// # Errors
    /// If the file is there and cannot be read.
    pub fn read(&self) -> Result<Vec<StoredKey>, KeyFileError> {
        match fs::read(&self.path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| self.unusable(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(self.unusable(error)),
        }
    }

    pub(super) fn stamp(&self) -> Option<Stamp> {
        let metadata = fs::metadata(&self.path).ok()?;
        Some(Stamp { inode: metadata.ino(), changed_at: (metadata.ctime(), metadata.ctime_nsec()) })
    }

    /// Makes a key. Its secret is not shown again.
    ///
    /// # Errors
    /// If there is one of this id, or the file cannot be written.
    pub fn create(&self, id: KeyId) -> Result<ApiKey, KeyFileError> {
        let _lock = self.lock()?;
        let mut keys = self.read()?;
        if keys.iter().any(|key| key.id == id) {
            return Err(KeyFileError::Exists(id));
        }
        if keys.len() >= MAX_KEYS {
            return Err(KeyFileError::Full);
        }
        let mut key = StoredKey { id, secrets: Vec::new() };
        let made = key.make_secret();
        keys.push(key);
        self.write(&keys)?;
        Ok(made)
    }

    /// Gives a key a new secret; tokens of the former one are good for this much longer.
    ///
    /// # Errors
    /// If there is no such key, or the file cannot be written.
    pub fn rotate(&self, id: &KeyId, overlap: Duration) -> Result<ApiKey, KeyFileError> {
        let _lock = self.lock()?;
        let mut keys = self.read()?;
        let key = keys.iter_mut().find(|key| key.id == *id);
        let key = key.ok_or_else(|| KeyFileError::Unknown(id.clone()))?;
        let now = super::now();
        key.secrets.retain(|secret| secret.expires_at.is_none_or(|at| now < at));
        if key.secrets.len() >= MAX_SECRETS {
            return Err(KeyFileError::Full);
        }
        for secret in key.secrets.iter_mut().filter(|secret| secret.expires_at.is_none()) {
            secret.expires_at = Some(now.saturating_add(overlap.as_secs()));
        }
        let made = key.make_secret();
        self.write(&keys)?;
        Ok(made)
    }

    /// Forgets a key: no token of it is good any more.
    ///
    /// # Errors
    /// If there is no such key, or the file cannot be written.
    pub fn revoke(&self, id: &KeyId) -> Result<(), KeyFileError> {
        let _lock = self.lock()?;
        let mut keys = self.read()?;
        let count = keys.len();
        keys.retain(|key| key.id != *id);
        if keys.len() == count {
            return Err(KeyFileError::Unknown(id.clone()));
        }
        self.write(&keys)
    }

    /// Waits until no other process changes the keys.
    fn lock(&self) -> Result<File, KeyFileError> {
        let lock = || {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            DirBuilder::new().recursive(true).mode(OWNER_ONLY_FOLDER).create(folder)?;
            let path = folder.join(LOCK_FILE);
            let file = open_owner_only(OpenOptions::new().create(true).truncate(false), &path)?;
            own_as(&file, &fs::metadata(folder)?);
            file.lock()?;
            Ok(file)
        };
        lock().map_err(|source| self.unusable(source))
    }

    /// Replaces the file as a whole, so that a reader sees the former keys or these.
    fn write(&self, keys: &[StoredKey]) -> Result<(), KeyFileError> {
        self.replace(keys).map_err(|source| self.unusable(source))
    }

    /// The new file has the owner and the mode of the former one; the first one has the owner of its
    /// folder. So a key that root makes or rotates stays readable for the server's user.
    fn replace(&self, keys: &[StoredKey]) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let former = fs::metadata(&self.path).ok();
        let draft = self.path.with_extension(format!("{}.tmp", random::id()));
        let mut file = open_owner_only(OpenOptions::new().create_new(true), &draft)?;
        file.write_all(&serde_json::to_vec_pretty(keys)?)?;
        if let Some(former) = &former {
            file.set_permissions(Permissions::from_mode(former.mode() & 0o777))?;
        }
        own_as(&file, &former.map_or_else(|| fs::metadata(folder), Ok)?);
        file.sync_all()?;
        fs::rename(&draft, &self.path)
    }

    fn unusable(&self, source: io::Error) -> KeyFileError {
        KeyFileError::Unusable { path: self.path.clone(), source }
    }
}

fn open_owner_only(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.write(true).mode(OWNER_ONLY_FILE).open(path)
}

/// Gives a file the owner and group of another. Only root may; for anybody else they are the same
/// already, or stay as they are.
fn own_as(file: &File, model: &fs::Metadata) {
    if let Err(error) = fchown(file, Some(model.uid()), Some(model.gid())) {
        tracing::debug!(%error, "the owner of a key file was not changed");
    }
}
