//! Secrets that the server and the billing example share, kept in the data folder so that tokens
//! outlive a restart.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::process::{node, output};

const KEY_ID: &str = "local";
/// How webhook secrets begin, per the Standard Webhooks specification.
const WEBHOOK_PREFIX: &str = "whsec_";

pub struct Secrets {
    api: String,
    pub webhook: String,
}

impl Secrets {
    /// Reads the secrets of a data folder; makes what is not there.
    pub fn load(data: &Path) -> Result<Self> {
        fs::create_dir_all(data).with_context(|| not_writable(data))?;
        Ok(Self {
            api: secret(&data.join("api-secret"))?,
            webhook: format!("{WEBHOOK_PREFIX}{}", secret(&data.join("webhook-secret"))?),
        })
    }

    pub fn api_key(&self) -> String {
        format!("{KEY_ID}:{}", self.api)
    }

    /// A token with which the billing example may change scores.
    pub fn service_token(&self) -> Result<String> {
        output(node("token.mjs").arg(self.api_key()).args(["billing", "service"]))
    }
}

fn secret(file: &Path) -> Result<String> {
    if let Ok(secret) = fs::read_to_string(file) {
        return Ok(secret);
    }
    let secret = output(node("token.mjs").arg("--new-secret"))?;
    fs::write(file, &secret).with_context(|| not_writable(file))?;
    keep_to_owner(file).with_context(|| not_writable(file))?;
    Ok(secret)
}

fn not_writable(path: &Path) -> String {
    format!("{} cannot be written: choose another folder with --data", path.display())
}

#[cfg(unix)]
fn keep_to_owner(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn keep_to_owner(_file: &Path) -> std::io::Result<()> {
    Ok(())
}
