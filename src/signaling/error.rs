//! Why a call failed.

use std::fmt;

use duelcast_protocol::{ErrorCode, Rejection};

use super::status::OfflineReason;

/// Why a call failed. `Display` is a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The server refused.
    Rejected(Rejection),
    /// No user is signed in.
    NotSignedIn,
    /// The client is offline and will not come back by itself.
    Offline(OfflineReason),
    /// The socket was lost before the answer came: it may or may not have been done.
    ConnectionLost,
    /// No answer in time: it may or may not have been done.
    TimedOut,
    /// Too many calls wait for their answers.
    TooManyCalls,
    /// The answer is not what the method answers.
    BadReply(String),
}

impl CallError {
    /// Whether the same call may succeed a little later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Rejected(rejection) => rejection.code.is_retryable(),
            Self::ConnectionLost | Self::TimedOut | Self::TooManyCalls => true,
            Self::NotSignedIn | Self::Offline(_) | Self::BadReply(_) => false,
        }
    }

    /// The server's code, if it was the server that refused.
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
