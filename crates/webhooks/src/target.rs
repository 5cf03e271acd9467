//! Where webhook events are posted to, and what they are signed with.

use base64::{Engine, prelude::BASE64_STANDARD};
use duelcast_secrets::{Secret, random};
use hyper::Uri;

/// Bytes of a secret, by the Standard Webhooks specification.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
const MADE_SECRET_BYTES: usize = 32;
const SECRET_PREFIX: &str = "whsec_";
const MAX_URL_BYTES: usize = 2_048;

/// Why webhooks cannot go somewhere. One sentence each.
#[derive(Debug, thiserror::Error)]
pub enum InvalidTarget {
    #[error(
        "{0} is not a webhook address: it must start with https:// or http://, name a host, and have no user or password."
    )]
    Address(String),
    #[error("A webhook secret is written whsec_ and then 24 to 64 bytes in base64.")]
    Secret,
}

/// An endpoint and what its webhooks are signed with.
#[derive(Debug, Clone)]
pub struct WebhookTarget {
    pub(super) url: Uri,
    pub(super) secret: Secret,
}

impl WebhookTarget {
    /// # Errors
    /// If the address is not one of HTTP or the secret is not in the form of the specification.
    pub fn new(url: &str, secret: &str) -> Result<Self, InvalidTarget> {
        Ok(Self { url: address(url)?, secret: read_secret(secret)? })
    }
}

/// An address that webhooks can be posted to: without user or password, which would have to be kept
/// from the logs.
pub(super) fn address(url: &str) -> Result<Uri, InvalidTarget> {
    let wrong = || InvalidTarget::Address(url.to_owned());
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let has_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    let has_host = uri.host().is_some_and(|host| !host.is_empty());
    if is_http && has_host && !has_user && url.len() <= MAX_URL_BYTES { Ok(uri) } else { Err(wrong()) }
}

pub(super) fn read_secret(text: &str) -> Result<Secret, InvalidTarget> {
    let encoded = text.strip_prefix(SECRET_PREFIX).ok_or(InvalidTarget::Secret)?;
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| InvalidTarget::Secret)?;
    if SECRET_BYTES.contains(&bytes.len()) { Ok(Secret::new(bytes)) } else { Err(InvalidTarget::Secret) }
}

pub(super) fn make_secret() -> Secret {
    Secret::new(random::bytes::<MADE_SECRET_BYTES>())
}

pub(super) fn write_secret(secret: &Secret) -> String {
    format!("{SECRET_PREFIX}{}", BASE64_STANDARD.encode(secret.expose()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn addresses_and_secrets_are_checked() {
        for url in ["http://127.0.0.1:9000/hook", "https://host/"] {
            assert!(WebhookTarget::new(url, SECRET).is_ok(), "{url}");
        }
        for url in ["ftp://host/", "https:///hook", "/hook", "nonsense url", "http://user:pass@host/"] {
            let target = WebhookTarget::new(url, SECRET);
            assert!(matches!(target, Err(InvalidTarget::Address(_))), "{url}");
        }
        for secret in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!"] {
            let target = WebhookTarget::new("http://host/", secret);
            assert!(matches!(target, Err(InvalidTarget::Secret)), "{secret}");
        }
    }

    #[test]
    fn a_secret_that_is_made_can_be_read_again() {
        let secret = make_secret();
        assert_eq!(read_secret(&write_secret(&secret)).unwrap(), secret);
    }
}
