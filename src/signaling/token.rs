//! Sources of login tokens.

use std::fmt;

use futures::future::LocalBoxFuture;

/// A future login token.
pub type TokenFuture = LocalBoxFuture<'static, Result<String, TokenRefused>>;

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRefused {
    /// The token source did not answer; a retry may succeed.
    Unreachable(String),
    /// The token source refused; a retry is useless.
    Denied(String),
}

impl fmt::Display for TokenRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(detail) => write!(f, "The server cannot be reached: {detail}"),
            Self::Denied(detail) => f.write_str(detail),
        }
    }
}

impl std::error::Error for TokenRefused {}

/// A source of login tokens.
pub trait TokenProvider {
    /// Returns a token for the next login. `was_refused` is true if the server refused the last
    /// token: return a new one.
    fn token(&self, was_refused: bool) -> TokenFuture;
}

impl TokenProvider for String {
    fn token(&self, _was_refused: bool) -> TokenFuture {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
