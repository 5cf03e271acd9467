//! Where facts are posted to.

use base64::{Engine, prelude::BASE64_STANDARD};
use hyper::Uri;

use crate::config::{ConfigError, Secret};

/// Bytes of a secret at least, by the Standard Webhooks specification.
const MIN_SECRET_BYTES: usize = 24;
const SECRET_PREFIX: &str = "whsec_";

/// An endpoint and what its webhooks are signed with.
#[derive(Debug, Clone)]
pub struct WebhookTarget {
    pub(super) url: Uri,
    pub(super) secret: Secret,
}

impl WebhookTarget {
    /// # Errors
    /// If the address is not plain HTTP or the secret is not in the form of the specification.
    pub fn new(url: &str, secret: &str) -> Result<Self, ConfigError> {
        let uri: Uri = url.parse().map_err(|_| ConfigError::WebhookAddress(url.to_owned()))?;
        if uri.scheme_str() != Some("http") || uri.host().is_none() {
            return Err(ConfigError::WebhookAddress(url.to_owned()));
        }
        let encoded = secret.strip_prefix(SECRET_PREFIX).ok_or(ConfigError::WebhookSecret)?;
        let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| ConfigError::WebhookSecret)?;
        if bytes.len() < MIN_SECRET_BYTES {
            return Err(ConfigError::WebhookSecret);
        }
        Ok(Self { url: uri, secret: Secret::new(bytes) })
    }

    /// Names the endpoint in the log.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.url.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn addresses_and_secrets_are_checked() {
        assert!(WebhookTarget::new("http://127.0.0.1:9000/hook", SECRET).is_ok());
        for url in ["ftp://host/", "https://host/", "/hook", "nonsense url"] {
            assert!(matches!(WebhookTarget::new(url, SECRET), Err(ConfigError::WebhookAddress(_))), "{url}");
        }
        for secret in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!"] {
            let target = WebhookTarget::new("http://host/", secret);
            assert!(matches!(target, Err(ConfigError::WebhookSecret)), "{secret}");
        }
    }
}
