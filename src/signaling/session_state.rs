//! The state machine of one socket. All transitions are in [`SessionState::apply`];
//! docs/ARCHITECTURE.md has the diagram.

use duelcast_protocol::{
    DurationMs, ErrorCode,
    limits::{LOGIN_TIMEOUT_MS, PING_INTERVAL_MS, SILENCE_TIMEOUT_MS},
};

use super::{error::CallError, status::OfflineReason};

/// Number of pings in quick succession after a login, for a first clock estimate.
const FIRST_PINGS: u32 = 3;
/// Maximum of buffered bytes; more means that the network accepts no data.
const MAX_BUFFERED_BYTES: u32 = 256 * 1_024;

/// Why a socket, or the attempt to open one, is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Reconnect.
    Lost { was_online: bool },
    /// The server refused the token.
    Refused,
    /// Do not reconnect.
    Offline(OfflineReason),
}

/// The state of a socket. Times are milliseconds of the local monotonic clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SessionState {
    /// The socket is open; the answer to `login` is pending.
    LoggingIn { since_ms: f64 },
    /// The user is logged in.
    Online { heard_ms: f64, pinged_ms: f64, pings: u32 },
    /// The socket is closed or must be closed.
    Over(End),
}

/// Inputs of the state machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SessionInput {
    LoggedIn,
    /// `login` failed; the server's error code, if the server refused it.
    LoginFailed(Option<ErrorCode>),
    /// A frame arrived.
    Heard,
    /// About once per second; the number of buffered bytes.
    Watched {
        buffered_bytes: u32,
    },
    /// The socket closed, or accepts no more frames.
    Closed,
    /// The same user logged in elsewhere.
    TakenOver,
}

impl SessionState {
    /// Applies an input; returns whether to ping now.
    pub(crate) fn apply(&mut self, input: SessionInput, now_ms: f64) -> bool {
        let mut ping = false;
        *self = match (*self, input) {
            (over @ Self::Over(_), _) => over,
            (Self::LoggingIn { .. }, SessionInput::LoggedIn) => {
                Self::Online { heard_ms: now_ms, pinged_ms: now_ms, pings: 0 }
            }
            (Self::LoggingIn { .. }, SessionInput::LoginFailed(code)) => Self::Over(login_end(code)),
            (Self::LoggingIn { since_ms }, SessionInput::Watched { buffered_bytes })
                if is_over(now_ms, since_ms, LOGIN_TIMEOUT_MS) || buffered_bytes > MAX_BUFFERED_BYTES =>
            {
                Self::Over(End::Lost { was_online: false })
            }
            (Self::Online { heard_ms, .. }, SessionInput::Watched { buffered_bytes })
                if is_over(now_ms, heard_ms, SILENCE_TIMEOUT_MS) || buffered_bytes > MAX_BUFFERED_BYTES =>
            {
                Self::Over(End::Lost { was_online: true })
            }
            (Self::Online { heard_ms, pinged_ms, pings }, SessionInput::Watched { .. })
                if pings < FIRST_PINGS || is_over(now_ms, pinged_ms, PING_INTERVAL_MS) =>
            {
                ping = true;
                Self::Online { heard_ms, pinged_ms: now_ms, pings: pings + 1 }
            }
            (Self::Online { pinged_ms, pings, .. }, SessionInput::Heard) => {
                Self::Online { heard_ms: now_ms, pinged_ms, pings }
            }
            (Self::LoggingIn { .. }, SessionInput::Closed) => Self::Over(End::Lost { was_online: false }),
            (Self::Online { .. }, SessionInput::Closed) => Self::Over(End::Lost { was_online: true }),
            (Self::LoggingIn { .. } | Self::Online { .. }, SessionInput::TakenOver) => {
                Self::Over(End::Offline(OfflineReason::KickedByOtherSession))
            }
            (state @ Self::LoggingIn { .. }, SessionInput::Heard | SessionInput::Watched { .. })
            | (
                state @ Self::Online { .. },
                SessionInput::LoggedIn | SessionInput::LoginFailed(_) | SessionInput::Watched { .. },
            ) => state,
        };
        ping
    }

    /// Why the socket is over, once it is.
    pub(crate) fn end(self) -> Option<End> {
        match self {
            Self::Over(end) => Some(end),
            Self::LoggingIn { .. } | Self::Online { .. } => None,
        }
    }
}

impl SessionInput {
    pub(crate) fn login_failed(error: &CallError) -> Self {
        Self::LoginFailed(error.code())
    }
}

fn login_end(code: Option<ErrorCode>) -> End {
    match code {
        Some(ErrorCode::Unauthorized) => End::Refused,
        Some(ErrorCode::UserBanned) => End::Offline(OfflineReason::Banned),
        Some(_) | None => End::Lost { was_online: false },
    }
}

fn is_over(now_ms: f64, since_ms: f64, span_ms: DurationMs) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "a few seconds")]
    let span_ms = span_ms as f64;
    now_ms - since_ms >= span_ms
}

#[cfg(test)]
mod tests {
    use super::*;

    const WATCHED: SessionInput = SessionInput::Watched { buffered_bytes: 0 };

    /// Applies inputs at their times, in seconds since the socket opened; returns the times of the
    /// pings, and the end.
    fn dialogue(inputs: impl IntoIterator<Item = (f64, SessionInput)>) -> (Vec<f64>, Option<End>) {
        let mut state = SessionState::LoggingIn { since_ms: 0.0 };
        let mut pings = Vec::new();
        for (at_s, input) in inputs {
            if state.apply(input, at_s * 1_000.0) {
                pings.push(at_s);
            }
        }
        (pings, state.end())
    }

    #[test]
    fn a_login_is_followed_by_three_quick_pings_and_then_one_every_five_seconds() {
        let seconds = (1..=9).flat_map(|at| [(f64::from(at), SessionInput::Heard), (f64::from(at), WATCHED)]);
        let (pings, end) = dialogue([(0.0, SessionInput::LoggedIn)].into_iter().chain(seconds));
        assert_eq!((pings, end), (vec![1.0, 2.0, 3.0, 8.0], None));
    }

    #[test]
    fn silence_ends_a_session_and_a_frame_renews_it() {
        let (_, end) = dialogue([
            (0.0, SessionInput::LoggedIn),
            (11.0, SessionInput::Heard),
            (12.0, WATCHED),
            (22.9, WATCHED),
        ]);
        assert_eq!(end, None);
        let (_, end) = dialogue([(0.0, SessionInput::LoggedIn), (11.9, WATCHED), (12.0, WATCHED)]);
        assert_eq!(end, Some(End::Lost { was_online: true }));
    }

    #[test]
    fn a_login_without_an_answer_and_a_network_that_takes_nothing_are_lost() {
        assert_eq!(dialogue([(4.9, WATCHED)]).1, None);
        assert_eq!(dialogue([(5.0, WATCHED)]).1, Some(End::Lost { was_online: false }));
        let full = SessionInput::Watched { buffered_bytes: MAX_BUFFERED_BYTES + 1 };
        assert_eq!(
            dialogue([(0.0, SessionInput::LoggedIn), (1.0, full)]).1,
            Some(End::Lost { was_online: true })
        );
    }

    #[test]
    fn the_reason_of_a_failed_login_decides_what_follows() {
        let end = |code| dialogue([(0.0, SessionInput::LoginFailed(code))]).1;
        assert_eq!(end(Some(ErrorCode::Unauthorized)), Some(End::Refused));
        assert_eq!(end(Some(ErrorCode::UserBanned)), Some(End::Offline(OfflineReason::Banned)));
        assert_eq!(end(Some(ErrorCode::TooFrequent)), Some(End::Lost { was_online: false }));
        assert_eq!(end(None), Some(End::Lost { was_online: false }));
    }

    #[test]
    fn the_first_end_counts() {
        let (_, end) = dialogue([
            (0.0, SessionInput::LoggedIn),
            (1.0, SessionInput::TakenOver),
            (1.0, SessionInput::Closed),
        ]);
        assert_eq!(end, Some(End::Offline(OfflineReason::KickedByOtherSession)));
    }
}
