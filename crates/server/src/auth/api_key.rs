//! API keys: an id and a secret that no log line shows.

use std::str::FromStr;

use duelcast_protocol::KeyId;
use duelcast_secrets::Secret;

/// Shortest secret, as long as the hash it is used with (RFC 7518, 3.2).
pub const MIN_SECRET_BYTES: usize = 32;

/// Why a text is no API key. One sentence each.
#[derive(Debug, thiserror::Error)]
pub enum InvalidApiKey {
    #[error(
        "An API key is written ID:SECRET, with an id of 1 to 64 letters, digits or -_.:@ that begins with a letter or digit."
    )]
    Form,
    #[error("The secret of API key {id} has {length} bytes; it needs at least {MIN_SECRET_BYTES}.")]
    ShortSecret { id: String, length: usize },
}

/// A key that a back end signs its tokens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: KeyId,
    pub secret: Secret,
}

impl FromStr for ApiKey {
    type Err = InvalidApiKey;

    fn from_str(text: &str) -> Result<Self, InvalidApiKey> {
        let (id, secret) = text.split_once(':').ok_or(InvalidApiKey::Form)?;
        let id = KeyId::new(id).map_err(|_| InvalidApiKey::Form)?;
        if secret.len() < MIN_SECRET_BYTES {
            return Err(InvalidApiKey::ShortSecret { id: id.to_string(), length: secret.len() });
        }
        Ok(Self { id, secret: Secret::new(secret) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_is_refused_with_a_sentence_that_does_not_show_it() {
        let error = "billing:hunter2".parse::<ApiKey>().unwrap_err().to_string();
        assert_eq!(error, "The secret of API key billing has 7 bytes; it needs at least 32.");
    }

    #[test]
    fn a_key_does_not_show_its_secret() {
        let secret = "s".repeat(MIN_SECRET_BYTES);
        let key: ApiKey = format!("billing:{secret}").parse().unwrap();
        assert!(!format!("{key:?}").contains(&secret));
    }
}
