//! The status of the socket.

use std::fmt;

/// The status of the socket, as the page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Status {
    /// No user is signed in.
    #[default]
    Idle,
    /// First attempt to connect.
    Connecting,
    /// Logged in.
    Online,
    /// The socket was lost or did not open. `retry_at` is in milliseconds of the server clock.
    Reconnecting { attempt: u32, retry_at: f64 },
    /// The client does not reconnect by itself.
    Offline(OfflineReason),
}

/// Why the client does not reconnect by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineReason {
    /// The same user logged in elsewhere.
    KickedByOtherSession,
    /// The server refused the token and its replacement, or there was no replacement.
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
