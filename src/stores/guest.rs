//! Guests of demo servers: a name is exchanged for a token, which is stored so that a reload keeps
//! the user.

use std::{cell::RefCell, fmt, rc::Rc};

use duelcast_protocol::UserId;
use gloo_net::http::Request;
use serde::{Deserialize, Serialize};

use super::{guest_storage, js};
use crate::signaling::{TokenFuture, TokenProvider, TokenRefused};

/// A token with less remaining lifetime is renewed.
const RENEW_BEFORE_MS: f64 = 60_000.0;

/// Why the sign-in failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInError {
    /// The server did not answer.
    Unreachable(String),
    /// The server issues no guest tokens, or not for this name.
    Refused(String),
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(detail) => write!(f, "The server cannot be reached: {detail}"),
            Self::Refused(detail) => f.write_str(detail),
        }
    }
}

impl std::error::Error for SignInError {}

impl From<SignInError> for TokenRefused {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Unreachable(detail) => Self::Unreachable(detail),
            SignInError::Refused(detail) => Self::Denied(detail),
        }
    }
}

/// A guest user and the current token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Guest {
    pub(crate) user_name: String,
    pub(crate) user_id: UserId,
    pub(crate) token: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokenRequest<'a> {
    user_name: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenReply {
    token: String,
    user_id: UserId,
}

impl Guest {
    /// Restores the guest of this page before a reload, else a stored guest of this browser that no
    /// other page uses.
    pub(crate) async fn restore() -> Option<Self> {
        guest_storage::claim(|guest| !guest.has_expired()).await
    }

    /// Requests a token from the server and stores the guest.
    pub(crate) async fn fetch(base_url: &str, user_name: &str) -> Result<Self, SignInError> {
        let TokenReply { token, user_id } = fetch_token(base_url, user_name).await?;
        let guest = Self { user_name: user_name.to_owned(), user_id, token };
        guest_storage::store(&guest).await;
        Ok(guest)
    }

    pub(crate) fn forget() {
        guest_storage::forget();
    }

    fn has_expired(&self) -> bool {
        js::token_expires_at_ms(&self.token).is_some_and(|at| at < js_sys::Date::now() + RENEW_BEFORE_MS)
    }
}

async fn fetch_token(base_url: &str, user_name: &str) -> Result<TokenReply, SignInError> {
    let unreachable = |error: gloo_net::Error| SignInError::Unreachable(error.to_string());
    let request = Request::post(&format!("{base_url}/v1/demo/token")).json(&TokenRequest { user_name });
    let response = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
    if response.ok() {
        response.json().await.map_err(|error| SignInError::Refused(error.to_string()))
    } else if response.status() >= 500 {
        Err(SignInError::Unreachable(response.status_text()))
    } else {
        Err(SignInError::Refused("This server lets no guests in, or not under this name.".to_owned()))
    }
}

/// Returns the guest's token while it is valid, then a new one.
pub(crate) struct GuestTokens {
    base_url: String,
    guest: Rc<RefCell<Guest>>,
}

impl GuestTokens {
    pub(crate) fn new(base_url: String, guest: Guest) -> Self {
        Self { base_url, guest: Rc::new(RefCell::new(guest)) }
    }
}

impl TokenProvider for GuestTokens {
    fn token(&self, was_refused: bool) -> TokenFuture {
        let (base_url, kept) = (self.base_url.clone(), self.guest.clone());
        Box::pin(async move {
            let guest = kept.borrow().clone();
            if !was_refused && !guest.has_expired() {
                return Ok(guest.token);
            }
            let renewed = Guest::fetch(&base_url, &guest.user_name).await?;
            let token = renewed.token.clone();
            kept.replace(renewed);
            Ok(token)
        })
    }
}
