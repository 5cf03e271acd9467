//! Where login tokens come from.

use std::fmt;

use futures::future::LocalBoxFuture;

/// A token, sooner or later.
pub type TokenFuture = LocalBoxFuture<'static, Result<String, TokenRefused>>;

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRefused {
    /// The source of tokens did not answer; a retry may help.
    Unreachable(String),
    /// It will not help.
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

/// Gives login tokens.
pub trait TokenProvider {
    /// A token for the next login. `was_refused` says that the last one was not accepted: give a new one.
    fn token(&self, was_refused: bool) -> TokenFuture;
}

impl TokenProvider for String {
    fn token(&self, _was_refused: bool) -> TokenFuture {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
