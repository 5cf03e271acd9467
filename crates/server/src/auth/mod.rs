//! Who somebody is: tokens (JWT, HS256) signed with an API key.

mod hs256;

use std::{collections::BTreeMap, time::Duration};

use duelcast_protocol::{ErrorCode, KeyId, Rejection, UserId, UserInfo, limits};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::config::{ApiKey, Secret};

/// How far the clocks of those who sign tokens may be off.
const LEEWAY_SECONDS: u64 = 5;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    /// The key that signed it.
    pub iss: KeyId,
    /// The user.
    pub sub: UserId,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub avatar_url: String,
    /// Unix seconds, as in every JWT.
    pub exp: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<u64>,
    /// May start lives.
    #[serde(default)]
    pub create_live: bool,
    /// May use REST.
    #[serde(default)]
    pub service: bool,
}

impl Claims {
    /// Claims of a user for this long, without grants.
    #[must_use]
    pub fn new(key: &KeyId, user: UserId, name: &str, ttl: Duration) -> Self {
        Self {
            iss: key.clone(),
            sub: user,
            name: name.to_owned(),
            avatar_url: String::new(),
            exp: jsonwebtoken::get_current_timestamp().saturating_add(ttl.as_secs()),
            nbf: None,
            create_live: false,
            service: false,
        }
    }

    /// The user as others see them.
    #[must_use]
    pub fn user(&self) -> UserInfo {
        UserInfo {
            user_id: self.sub.clone(),
            user_name: self.name.clone(),
            avatar_url: self.avatar_url.clone(),
        }
    }

    fn check(&self) -> Result<(), Rejection> {
        let is_url_allowed = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if self.name.chars().count() > limits::MAX_USER_NAME_CHARS {
            return Err(refuse("The name in the token is too long."));
        }
        if self.avatar_url.len() > limits::MAX_URL_BYTES
            || (!self.avatar_url.is_empty() && !is_url_allowed(&self.avatar_url))
        {
            return Err(refuse("The avatarUrl in the token is too long or not an http address."));
        }
        Ok(())
    }
}

/// The part of a token that says which key to check it with.
#[derive(Deserialize)]
struct Issuer {
    iss: KeyId,
}

/// The API keys of this server.
#[derive(Debug, Clone)]
pub struct Keys(BTreeMap<KeyId, Secret>);

impl Keys {
    #[must_use]
    pub fn new(keys: &[ApiKey]) -> Self {
        hs256::install();
        Self(keys.iter().map(|key| (key.id.clone(), key.secret.clone())).collect())
    }

    /// Checks signature, times and form of a token.
    ///
    /// # Errors
    /// `unauthorized`, with a sentence that says what is wrong with it.
    pub fn verify(&self, token: &str) -> Result<Claims, Rejection> {
        let malformed = |_| refuse("The token is not a JWT of ours.");
        let issuer: Issuer = jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(malformed)?;
        let secret = self.0.get(&issuer.iss).ok_or_else(|| refuse("The token's key is unknown."))?;
        let mut rules = Validation::new(Algorithm::HS256);
        rules.leeway = LEEWAY_SECONDS;
        rules.validate_nbf = true;
        let key = DecodingKey::from_secret(secret.expose());
        let claims: Claims =
            jsonwebtoken::decode(token, &key, &rules).map_err(|error| explain(&error))?.claims;
        claims.check()?;
        Ok(claims)
    }

    /// Like [`Keys::verify`], for a token with the grant `service`.
    ///
    /// # Errors
    /// `unauthorized`, or `noPermission` without the grant.
    pub fn verify_service(&self, token: &str) -> Result<KeyId, Rejection> {
        let claims = self.verify(token)?;
        if claims.service {
            Ok(claims.iss)
        } else {
            Err(Rejection::new(ErrorCode::NoPermission, "The token lacks the grant service."))
        }
    }
}

/// Signs claims. Their `iss` must be the key's id.
#[must_use]
pub fn mint(key: &ApiKey, claims: &Claims) -> String {
    hs256::install();
    let signer = EncodingKey::from_secret(key.secret.expose());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &signer)
        .expect("claims serialize and HMAC takes any key")
}

fn refuse(sentence: &str) -> Rejection {
    Rejection::new(ErrorCode::Unauthorized, sentence)
}

fn explain(error: &jsonwebtoken::errors::Error) -> Rejection {
    use jsonwebtoken::errors::ErrorKind;
    #[allow(clippy::wildcard_enum_match_arm, reason = "the enum is not ours and grows")]
    refuse(match error.kind() {
        ErrorKind::ExpiredSignature => "The token has expired.",
        ErrorKind::ImmatureSignature => "The token is not valid yet.",
        ErrorKind::InvalidSignature => "The token's signature is wrong.",
        _ => "The token is not a JWT of ours.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);

    fn key(id: &str, filler: &str) -> ApiKey {
        format!("{id}:{}", filler.repeat(32)).parse().unwrap()
    }

    fn claims(key: &ApiKey) -> Claims {
        Claims::new(&key.id, UserId::new("ann").unwrap(), "Ann", HOUR)
    }

    fn message(result: Result<Claims, Rejection>) -> String {
        let rejection = result.unwrap_err();
        assert_eq!(rejection.code, ErrorCode::Unauthorized);
        rejection.message().to_owned()
    }

    #[test]
    fn a_minted_token_says_who_it_is() {
        let key = key("k", "a");
        let claims = Claims { create_live: true, ..claims(&key) };
        assert_eq!(Keys::new(std::slice::from_ref(&key)).verify(&mint(&key, &claims)).unwrap(), claims);
    }

    #[test]
    fn a_token_of_another_key_is_refused() {
        let (ours, theirs) = (key("k", "a"), key("k", "b"));
        let keys = Keys::new(&[ours]);
        assert_eq!(message(keys.verify(&mint(&theirs, &claims(&theirs)))), "The token's signature is wrong.");
        let unknown = key("other", "a");
        assert_eq!(message(keys.verify(&mint(&unknown, &claims(&unknown)))), "The token's key is unknown.");
    }

    #[test]
    fn times_are_checked() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let now = jsonwebtoken::get_current_timestamp();
        let expired = Claims { exp: now - 60, ..claims(&key) };
        assert_eq!(message(keys.verify(&mint(&key, &expired))), "The token has expired.");
        let early = Claims { nbf: Some(now + 60), ..claims(&key) };
        assert_eq!(message(keys.verify(&mint(&key, &early))), "The token is not valid yet.");
    }

    #[test]
    fn a_token_without_a_signature_or_of_another_algorithm_is_refused() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let token = mint(&key, &claims(&key));
        let (body, _) = token.rsplit_once('.').unwrap();
        assert_eq!(message(keys.verify(&format!("{body}."))), "The token's signature is wrong.");
        let payload = body.split_once('.').unwrap().1;
        // {"alg":"none"}
        assert_eq!(
            message(keys.verify(&format!("eyJhbGciOiJub25lIn0.{payload}."))),
            "The token is not a JWT of ours."
        );
        assert_eq!(message(keys.verify("nonsense")), "The token is not a JWT of ours.");
    }

    #[test]
    fn rest_needs_the_grant_service() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let rejection = keys.verify_service(&mint(&key, &claims(&key))).unwrap_err();
        assert_eq!(rejection.code, ErrorCode::NoPermission);
        let service = Claims { service: true, ..claims(&key) };
        assert_eq!(keys.verify_service(&mint(&key, &service)).unwrap(), key.id);
    }
}
