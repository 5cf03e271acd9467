//! Errors: a number (the reference's, where it has one), a name, a sentence, and whether a retry
//! can succeed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::DurationMs;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $retryable:literal, $message:literal;)*) => {
        /// The code of an error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ErrorCode { $($(#[$doc])* $variant,)* }

        impl ErrorCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The number on the wire.
            #[must_use]
            pub fn number(self) -> i32 {
                match self { $(Self::$variant => $number,)* }
            }

            /// The name on the wire.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub fn is_retryable(self) -> bool {
                match self { $(Self::$variant => $retryable,)* }
            }

            /// A sentence for users, in English.
            #[must_use]
            pub fn message(self) -> &'static str {
                match self { $(Self::$variant => $message,)* }
            }

            /// The code with this number.
            #[must_use]
            pub fn from_number(number: i32) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.number() == number)
            }
        }
    };
}

error_codes! {
    ParseError = -32700, "parseError", false, "This is not JSON.";
    InvalidRequest = -32600, "invalidRequest", false, "This is not a JSON-RPC 2.0 request.";
    MethodNotFound = -32601, "methodNotFound", false, "There is no such method.";
    InvalidParams = -32602, "invalidParams", false, "The parameters do not fit the method.";
    Internal = -32603, "internal", true, "Something went wrong on our side.";
    /// The log does not accept entries at the moment.
    Unavailable = 100_001, "unavailable", true, "The service cannot take commands right now.";
    Unauthorized = 100_002, "unauthorized", false, "Log in with a valid token first.";
    RoomNotExist = 100_004, "roomNotExist", false, "This live does not exist or is over.";
    NoPermission = 100_006, "noPermission", false, "You may not do this.";
    /// The id is in use, or the owner has a live.
    RoomExists = 100_007, "roomExists", false, "A live with this id exists, or you have one already.";
    /// The user is banned from this live or from the server.
    UserBanned = 100_008, "userBanned", false, "This user is banned.";
    SendMessageDisabled = 100_009, "sendMessageDisabled", false, "You may not send messages in this live.";
    /// A list of users has reached its bound.
    ListFull = 100_010, "listFull", false, "The list is full; take somebody off it first.";
    SeatLocked = 100_200, "seatLocked", false, "This seat is locked.";
    SeatOccupied = 100_201, "seatOccupied", false, "Somebody sits here.";
    /// The live has no seat with this index.
    SeatNotExist = 100_202, "seatNotExist", false, "There is no such seat.";
    AlreadyOnSeat = 100_203, "alreadyOnSeat", false, "This user sits on a seat already.";
    NoFreeSeat = 100_204, "noFreeSeat", true, "Every seat is taken or locked.";
    NotOnSeat = 100_206, "notOnSeat", false, "This user does not sit on a seat here.";
    /// The seat mode is `apply`.
    SeatNeedsApplication = 100_207, "seatNeedsApplication", false, "Apply for a seat first.";
    SeatRequestNotExist = 100_208, "seatRequestNotExist", false, "This application or invitation is over.";
    PendingSeatRequest = 100_209, "pendingSeatRequest", false, "An application or invitation is open already.";
    MicrophoneNotAllowed = 100_210, "microphoneNotAllowed", false, "The owner has closed this microphone.";
    ConnectionNotExist = 100_400, "connectionNotExist", false, "This invitation or connection does not exist.";
    RoomInConnection = 100_401, "roomInConnection", false, "The lives are connected already.";
    PendingConnectionRequest = 100_402, "pendingConnectionRequest", false, "An invitation is open already.";
    RoomConnectedInOther = 100_403, "roomConnectedInOther", false, "The live is in another connection.";
    ConnectionOrBattleLimitExceeded = 100_404, "connectionOrBattleLimitExceeded", false, "The connection is full.";
    TooFrequent = 100_405, "tooFrequent", true, "Too many in a short time.";
    BattleNotExistOrEnded = 100_411, "battleNotExistOrEnded", false, "This battle does not exist or is over.";
    NoValidRoom = 100_412, "noValidRoom", false, "None of these users can be asked to battle.";
    RoomNotInBattle = 100_414, "roomNotInBattle", false, "This live is not in the battle.";
    InOtherBattle = 100_415, "inOtherBattle", false, "A battle is on already.";
    PendingBattleRequest = 100_416, "pendingBattleRequest", false, "A battle request is open already.";
    CannotCancelRunningBattle = 100_419, "cannotCancelRunningBattle", false, "A running battle cannot be cancelled.";
    BattleNotStarted = 100_420, "battleNotStarted", false, "This battle has not started.";
    BattleHasEnded = 100_421, "battleHasEnded", false, "This battle is over.";
    /// A total or a change would exceed [`crate::limits::MAX_SCORE`].
    ScoreOutOfRange = 100_430, "scoreOutOfRange", false, "A score must stay within 0 and 2^53-1.";
    /// The idempotency key was used with another body.
    IdempotencyConflict = 100_431, "idempotencyConflict", false, "This idempotency key was used with another body.";
    LedgerEntryNotExist = 100_432, "ledgerEntryNotExist", false, "There is no such entry to reverse.";
    AlreadyReversed = 100_433, "alreadyReversed", false, "This entry was reversed already.";
    LedgerFull = 100_434, "ledgerFull", false, "The ledger of this battle is full.";
}

impl Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.number())
    }
}

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i32::deserialize(deserializer)?;
        Ok(Self::from_number(number).unwrap_or(Self::Internal))
    }
}

/// The refusal of a request: a code and an optional sentence with more detail than the code's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rejection {
    pub code: ErrorCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// After how many milliseconds the same request may succeed, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<DurationMs>,
}

impl Rejection {
    /// A refusal with a sentence of its own.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: Some(detail.into()), retry_after_ms: None }
    }

    /// The error `tooFrequent`, with the milliseconds to wait.
    #[must_use]
    pub fn too_frequent(retry_after_ms: DurationMs) -> Self {
        Self { retry_after_ms: Some(retry_after_ms), ..ErrorCode::TooFrequent.into() }
    }

    /// The detail, or else the code's sentence. The server sends it with the code.
    #[must_use]
    pub fn sentence(&self) -> &str {
        self.detail.as_deref().unwrap_or_else(|| self.code.message())
    }

    /// The detail, or else the code's name. For clients, which receive sentences from the server
    /// and contain none.
    #[must_use]
    pub fn message(&self) -> &str {
        self.detail.as_deref().unwrap_or_else(|| self.code.name())
    }
}

impl From<ErrorCode> for Rejection {
    fn from(code: ErrorCode) -> Self {
        Self { code, detail: None, retry_after_ms: None }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.sentence(), self.code.number(), self.code.name())
    }
}

impl std::error::Error for Rejection {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_unique() {
        let mut numbers: Vec<_> = ErrorCode::ALL.iter().map(|code| code.number()).collect();
        let mut names: Vec<_> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!((numbers.len(), names.len()), (ErrorCode::ALL.len(), ErrorCode::ALL.len()));
    }
}
