//! Where the socket stands.

use std::fmt;

/// Where the socket stands, as the page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Status {
    /// No user is signed in.
    #[default]
    Idle,
    /// The first attempt.
    Connecting,
    /// Logged in.
    Online,
    /// The socket was lost or never came up. `retry_at` is in milliseconds of the server clock.
    Reconnecting { attempt: u32, retry_at: f64 },
    /// It will not come back by itself.
    Offline(OfflineReason),
}

/// Why the client does not try again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineReason {
    /// The same user logged in elsewhere.
    KickedByOtherSession,
    /// The token was refused, and a new one as well, or there was none to be had.
    Unauthorized,
    /// The user is banned from the server.
    Banned,
    /// The user signed out.
    SignedOut,
}

impl fmt::Display for OfflineReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KickedByOtherSession => "You are signed in somewhere else.",
            Self::Unauthorized => "Your sign-in is not valid any more.",
            Self::Banned => "You are banned from this server.",
            Self::SignedOut => "You signed out.",
        })
    }
}
