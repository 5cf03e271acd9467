//! Authentication: tokens (JWT, HS256) that are signed with an API key.

mod api_key;
mod key_file;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use duelcast_protocol::{
    ErrorCode, KeyId, Rejection, UserId, UserInfo,
    limits::{self, MAX_SAFE_INTEGER},
    text::is_presentable_line,
};
use duelcast_secrets::Secret;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error as _, Unexpected},
};

use self::key_file::Stamp;
pub use api_key::{ApiKey, InvalidApiKey, MIN_SECRET_BYTES};
pub use key_file::{KeyFile, KeyFileError, StoredKey};

/// How far the clocks of back ends that sign tokens may be off.
const LEEWAY_SECONDS: u64 = 5;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    /// The key that signed it.
    pub iss: KeyId,
    /// The user.
    pub sub: UserId,
    /// Empty if absent or `null`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Empty if absent or `null`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub avatar_url: String,
    /// Unix seconds; a fraction, as RFC 7519 allows, is cut off.
    #[serde(deserialize_with = "whole_seconds")]
    pub exp: u64,
    #[serde(default, deserialize_with = "optional_whole_seconds", skip_serializing_if = "Option::is_none")]
    pub nbf: Option<u64>,
    /// May start lives.
    #[serde(default, deserialize_with = "null_as_default")]
    pub create_live: bool,
    /// May use REST.
    #[serde(default, deserialize_with = "null_as_default")]
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
            exp: now().saturating_add(ttl.as_secs()),
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

    /// Whether the id can be a new user's, and name and avatar are fit to be shown.
    pub(crate) fn check(&self) -> Result<(), Rejection> {
        let is_url_allowed = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if !self.sub.is_new() {
            return Err(refuse("The user id in the token must begin with a letter or digit."));
        }
        if self.name.chars().count() > limits::MAX_USER_NAME_CHARS {
            return Err(refuse("The name in the token is too long."));
        }
        if !is_presentable_line(&self.name) {
            return Err(refuse("The name in the token has characters that names must not have."));
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

fn null_as_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

fn whole_seconds<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let seconds = f64::deserialize(from)?;
    if (0.0..=MAX_SAFE_INTEGER as f64).contains(&seconds) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
        return Ok(seconds as u64);
    }
    Err(D::Error::invalid_value(Unexpected::Float(seconds), &"Unix seconds"))
}

fn optional_whole_seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    struct Seconds(#[serde(deserialize_with = "whole_seconds")] u64);
    Option::<Seconds>::deserialize(from).map(|seconds| seconds.map(|Seconds(seconds)| seconds))
}

/// The API keys of this server: those it was started with, and those of the data folder as they are
/// at the moment.
#[derive(Debug)]
pub struct Keys {
    given: BTreeMap<KeyId, Secret>,
    file: Option<KeyFile>,
    cached: Mutex<CachedKeys>,
}

/// What the file said when it was read last.
#[derive(Default)]
struct CachedKeys {
    stamp: Option<Stamp>,
    keys: Vec<StoredKey>,
    /// Why it cannot be read since.
    failed: Option<String>,
}

impl fmt::Debug for CachedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedKeys").field("stamp", &self.stamp).finish_non_exhaustive()
    }
}

impl Keys {
    #[must_use]
    pub fn new(keys: &[ApiKey]) -> Self {
        let given = keys.iter().map(|key| (key.id.clone(), key.secret.clone())).collect();
        Self { given, file: None, cached: Mutex::default() }
    }

    /// These keys and those of the file. A change of the file counts at once.
    #[must_use]
    pub fn with_file(self, file: KeyFile) -> Self {
        Self { file: Some(file), ..self }
    }

    /// Checks signature, times and form of a token.
    ///
    /// # Errors
    /// `unauthorized`, with a sentence that says what is wrong with it.
    pub fn verify(&self, token: &str) -> Result<Claims, Rejection> {
        let claims =
            jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|error| explain(&error))?;
        let issuer: Issuer = read(claims)?;
        let mut refusal = refuse("The token's key is unknown.");
        for secret in self.secrets(&issuer.iss) {
            match decode(token, &secret) {
                Ok(claims) => return claims.check().map(|()| claims),
                Err(rejection) => refusal = rejection,
            }
        }
        Err(refusal)
    }

    /// The key to sign with, if it is still good.
    #[must_use]
    pub fn signer(&self, id: &KeyId) -> Option<ApiKey> {
        self.secrets(id).into_iter().next().map(|secret| ApiKey { id: id.clone(), secret })
    }

    /// The secrets of a key that are good now, the newest first.
    fn secrets(&self, id: &KeyId) -> Vec<Secret> {
        let given = self.given.get(id).cloned();
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = &self.file {
            cached.refresh(file);
        }
        let now = now();
        let stored = cached.keys.iter().filter(|key| key.id == *id).flat_map(|key| key.good_at(now));
        given.into_iter().chain(stored).collect()
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

impl CachedKeys {
    /// Reads the file again if it has changed. While it cannot be read, the former keys hold, and it
    /// is tried again.
    fn refresh(&mut self, file: &KeyFile) {
        let stamp = file.stamp();
        if stamp == self.stamp {
            return;
        }
        match file.read() {
            Ok(keys) => *self = Self { stamp, keys, failed: None },
            // One line for each fault, not for each request.
            Err(error) if self.failed.as_ref() == Some(&error.to_string()) => {}
            Err(error) => {
                tracing::error!(%error, "the former keys of the data folder hold");
                self.failed = Some(error.to_string());
            }
        }
    }
}

fn decode(token: &str, secret: &Secret) -> Result<Claims, Rejection> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.leeway = LEEWAY_SECONDS;
    rules.validate_nbf = true;
    let key = DecodingKey::from_secret(secret.expose());
    let token = jsonwebtoken::decode(token, &key, &rules).map_err(|error| explain(&error))?;
    read(token.claims)
}

/// Reads claims; a refusal names the one that is wrong.
fn read<T: DeserializeOwned>(claims: serde_json::Value) -> Result<T, Rejection> {
    serde_path_to_error::deserialize(claims).map_err(|error| {
        let reason = error.inner();
        match error.path().iter().next() {
            Some(claim) => refuse(&format!("The token's claim {claim} is wrong: {reason}.")),
            None => refuse(&format!("The token's claims are wrong: {reason}.")),
        }
    })
}

/// Unix seconds, as in every JWT.
fn now() -> u64 {
    jsonwebtoken::get_current_timestamp()
}

/// Signs claims. Their `iss` must be the key's id.
#[must_use]
pub fn mint(key: &ApiKey, claims: &Claims) -> String {
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
        ErrorKind::InvalidClaimFormat(claim) => {
            return refuse(&format!("The token's claim {claim} is wrong."));
        }
        ErrorKind::MissingRequiredClaim(claim) => {
            return refuse(&format!("The token has no claim {claim}."));
        }
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
        rejection.sentence().to_owned()
    }

    #[test]
    fn a_minted_token_says_who_it_is() {
        let key = key("k", "a");
        let claims = Claims { create_live: true, ..claims(&key) };
        assert_eq!(Keys::new(std::slice::from_ref(&key)).verify(&mint(&key, &claims)).unwrap(), claims);
    }

    #[test]
    fn a_token_for_a_user_whose_id_is_a_step_of_a_path_is_refused() {
        let key = key("k", "a");
        let sub = UserId::from_stored("..").unwrap();
        let token = mint(&key, &Claims { sub, ..claims(&key) });
        let refusal = message(Keys::new(std::slice::from_ref(&key)).verify(&token));
        assert_eq!(refusal, "The user id in the token must begin with a letter or digit.");
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
        // {"alg":"HS512"} and {"alg":"RS256"}
        for header in ["eyJhbGciOiJIUzUxMiJ9", "eyJhbGciOiJSUzI1NiJ9"] {
            let signed = mint(&key, &claims(&key));
            let signature = signed.rsplit_once('.').unwrap().1;
            let token = format!("{header}.{payload}.{signature}");
            assert_eq!(message(keys.verify(&token)), "The token is not a JWT of ours.");
        }
        assert_eq!(message(keys.verify("nonsense")), "The token is not a JWT of ours.");
    }

    #[test]
    fn a_name_that_would_turn_the_writing_around_it_is_refused() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let claims = Claims { name: "a\u{202e}b".to_owned(), ..claims(&key) };
        let refusal = message(keys.verify(&mint(&key, &claims)));
        assert_eq!(refusal, "The name in the token has characters that names must not have.");
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

    #[test]
    fn clocks_may_be_off_by_a_few_seconds_and_a_token_has_an_end() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let now = now();
        let late = Claims { exp: now - 2, nbf: Some(now + 2), ..claims(&key) };
        assert!(keys.verify(&mint(&key, &late)).is_ok());
        let endless = serde_json::json!({ "iss": "k", "sub": "ann" });
        let signer = EncodingKey::from_secret(key.secret.expose());
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &endless, &signer).unwrap();
        assert_eq!(message(keys.verify(&token)), "The token has no claim exp.");
    }

    fn signed(key: &ApiKey, claims: &serde_json::Value) -> String {
        let signer = EncodingKey::from_secret(key.secret.expose());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &signer).unwrap()
    }

    #[test]
    fn dates_may_have_fractions_and_names_and_grants_may_be_null() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let token = signed(
            &key,
            &serde_json::json!({
                "iss": "k", "sub": "ann", "exp": now() as f64 + 60.5, "nbf": now() as f64 - 0.25,
                "name": null, "avatarUrl": null, "createLive": null, "service": null,
            }),
        );
        let claims = keys.verify(&token).unwrap();
        assert_eq!((claims.name.as_str(), claims.service, claims.create_live), ("", false, false));
    }

    #[test]
    fn a_refused_token_names_the_claim() {
        let key = key("k", "a");
        let keys = Keys::new(std::slice::from_ref(&key));
        let exp = now() + 60;
        for (claims, expected) in [
            (serde_json::json!({ "sub": "ann", "exp": exp }), "iss"),
            (serde_json::json!({ "iss": "k", "exp": exp }), "sub"),
            (serde_json::json!({ "iss": "k", "sub": "no id", "exp": exp }), "sub"),
            (serde_json::json!({ "iss": "k", "sub": 5, "exp": exp }), "sub"),
            (serde_json::json!({ "iss": "k", "sub": "ann", "exp": exp, "name": 5 }), "name"),
            (serde_json::json!({ "iss": "k", "sub": "ann", "exp": exp, "service": 1 }), "service"),
            (serde_json::json!({ "iss": "k", "sub": "ann", "exp": "soon" }), "exp"),
        ] {
            let refusal = message(keys.verify(&signed(&key, &claims)));
            assert!(refusal.contains(expected), "{claims}: {refusal}");
        }
    }

    #[test]
    fn a_key_file_that_cannot_be_read_leaves_the_former_keys() {
        let data = tempfile::tempdir().unwrap();
        let file = KeyFile::of(data.path());
        let keys = Keys::new(&[]).with_file(file.clone());
        let key = file.create(KeyId::new("desk").unwrap()).unwrap();
        let token = mint(&key, &claims(&key));
        assert!(keys.verify(&token).is_ok());
        let path = data.path().join("keys.json");
        let good = std::fs::read(&path).unwrap();
        std::fs::write(&path, "half a file").unwrap();
        assert!(keys.verify(&token).is_ok());
        std::fs::write(&path, good).unwrap();
        file.revoke(&key.id).unwrap();
        assert_eq!(message(keys.verify(&token)), "The token's key is unknown.");
    }

    #[test]
    fn keys_that_are_made_at_once_are_all_kept() {
        let data = tempfile::tempdir().unwrap();
        let file = KeyFile::of(data.path());
        std::thread::scope(|scope| {
            for number in 0..8 {
                let file = &file;
                scope.spawn(move || file.create(KeyId::new(format!("key{number}")).unwrap()).unwrap());
            }
        });
        assert_eq!(file.read().unwrap().len(), 8);
    }

    #[test]
    fn a_rewritten_key_file_has_the_mode_of_the_former_one() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let file = KeyFile::of(data.path());
        let id = KeyId::new("desk").unwrap();
        file.create(id.clone()).unwrap();
        let path = data.path().join("keys.json");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        file.rotate(&id, HOUR).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_rotated_key_has_two_secrets_for_a_while_and_a_revoked_one_none() {
        let data = tempfile::tempdir().unwrap();
        let file = KeyFile::of(data.path());
        let keys = Keys::new(&[]).with_file(file.clone());
        let first = file.create(KeyId::new("desk").unwrap()).unwrap();
        let token = mint(&first, &claims(&first));
        assert!(keys.verify(&token).is_ok());
        let second = file.rotate(&first.id, HOUR).unwrap();
        assert!(keys.verify(&token).is_ok() && keys.verify(&mint(&second, &claims(&second))).is_ok());
        assert_eq!(keys.signer(&first.id).unwrap(), second);
        let third = file.rotate(&first.id, Duration::ZERO).unwrap();
        assert_eq!(message(keys.verify(&mint(&second, &claims(&second)))), "The token's signature is wrong.");
        file.revoke(&first.id).unwrap();
        assert_eq!(message(keys.verify(&mint(&third, &claims(&third)))), "The token's key is unknown.");
        assert!(file.revoke(&first.id).is_err() && keys.signer(&first.id).is_none());
    }

    #[test]
    fn the_keys_are_for_their_owner_only_and_an_id_is_made_once() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let file = KeyFile::of(data.path());
        let id = KeyId::new("desk").unwrap();
        file.create(id.clone()).unwrap();
        assert!(matches!(file.create(id), Err(KeyFileError::Exists(_))));
        let mode = std::fs::metadata(data.path().join("keys.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
