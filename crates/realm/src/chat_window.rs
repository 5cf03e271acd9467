//! The rate limit of a live's chat.

use duelcast_protocol::{Rejection, Timestamp, limits};
use serde::{Deserialize, Serialize};

const WINDOW_MS: Timestamp = 1_000;

/// Messages in the current second of server time; bounded by
/// [`limits::MAX_CHAT_PER_LIVE_PER_SECOND`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChatWindow {
    second: Timestamp,
    count: u32,
}

impl ChatWindow {
    /// Counts one message at `now`, or refuses it with the milliseconds to wait.
    pub fn admit(&mut self, now: Timestamp) -> Result<(), Rejection> {
        let second = now / WINDOW_MS;
        if self.second != second {
            *self = Self { second, count: 0 };
        }
        if self.count >= limits::MAX_CHAT_PER_LIVE_PER_SECOND {
            return Err(Rejection::too_frequent(WINDOW_MS - now % WINDOW_MS));
        }
        self.count += 1;
        Ok(())
    }
}
