//! Secrets that the server and the billing example share, kept in the data folder so that tokens
//! outlive a restart.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};

pub struct Secrets {
    /// `KEY_ID:SECRET`, as `duelcast-server serve --api-key` takes it.
    pub api_key: String,
    /// As the Standard Webhooks specification writes it.
    pub webhook: String,
}

impl Secrets {
    /// Reads the secrets of a data folder; makes what is not there.
    pub fn load(data: &Path) -> Result<Self> {
        let load = || -> Result<Self> {
            fs::create_dir_all(data)?;
            Ok(Self {
                api_key: format!("local:{}", secret(&data.join("api-secret"))?),
                webhook: format!("whsec_{}", secret(&data.join("webhook-secret"))?),
            })
        };
        load()
            .with_context(|| format!("{} cannot be used: choose another folder with --data", data.display()))
    }
}

fn secret(path: &Path) -> Result<String> {
    if path.exists() {
        return Ok(fs::read_to_string(path)?.trim().to_owned());
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    let secret = STANDARD.encode(bytes);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(secret.as_bytes())?;
    Ok(secret)
}
