//! Why a socket is closed, as the peer is told.

/// A close code: those of RFC 6455, and Duelcast's own from 4400 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    Normal = 1000,
    /// The server is going down.
    GoingAway = 1001,
    ProtocolError = 1002,
    /// A binary message.
    Unsupported = 1003,
    /// A text message that is not UTF-8.
    InvalidText = 1007,
    Policy = 1008,
    /// A message above the limit.
    TooBig = 1009,
    Internal = 1011,
    /// No login in time, or a refused one.
    Unauthorized = 4401,
    /// The user is banned from this server.
    Banned = 4403,
    /// Nothing came from the peer for too long.
    Silent = 4408,
    /// The same user logged in elsewhere.
    KickedByOtherSession = 4409,
    TooManyRequests = 4429,
}

impl CloseCode {
    /// Number on the wire.
    #[must_use]
    pub fn number(self) -> u16 {
        self as u16
    }
}
