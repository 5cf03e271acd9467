//! Errors of calls.

use std::fmt;

use duelcast_protocol::{ErrorCode, Rejection};

use super::status::OfflineReason;

/// Why a call failed. `Display` is a sentence for users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The server refused.
    Rejected(Rejection),
    /// No user is signed in.
    NotSignedIn,
    /// The client is offline and does not reconnect by itself.
    Offline(OfflineReason),
    /// The socket closed before the answer arrived: the outcome is unknown.
    ConnectionLost,
    /// No answer before the timeout: the outcome is unknown.
    TimedOut,
    /// Too many calls are pending.
    TooManyCalls,
    /// The answer does not have the type that the method returns.
    BadReply(String),
}

impl CallError {
    /// Whether a retry of the same call may succeed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Rejected(rejection) => rejection.code.is_retryable(),
            Self::ConnectionLost | Self::TimedOut | Self::TooManyCalls => true,
            Self::NotSignedIn | Self::Offline(_) | Self::BadReply(_) => false,
        }
    }

    /// The server's error code, if the server refused the call.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Rejected(rejection) => Some(rejection.code),
            Self::NotSignedIn
            | Self::Offline(_)
            | Self::ConnectionLost
            | Self::TimedOut
            | Self::TooManyCalls
            | Self::BadReply(_) => None,
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(rejection) => f.write_str(rejection.message()),
            Self::NotSignedIn => f.write_str("Sign in first."),
            Self::Offline(reason) => reason.fmt(f),
            Self::ConnectionLost => f.write_str("The connection was lost. Try again."),
            Self::TimedOut => f.write_str("The server did not answer in time. Try again."),
            Self::TooManyCalls => f.write_str("Too much at once. Try again."),
            Self::BadReply(detail) => write!(f, "The server's answer makes no sense: {detail}"),
        }
    }
}

impl std::error::Error for CallError {}

impl From<Rejection> for CallError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}
