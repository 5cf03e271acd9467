//! A bounded list of bans. An expired ban has no effect and does not count against the bound.

use std::{collections::BTreeMap, ops::Bound};

use duelcast_protocol::{BannedUser, BannedUserPage, ErrorCode, Rejection, Timestamp, UserId, limits};
use serde::{Deserialize, Serialize};

use crate::checks;

/// Bans by user id.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Bans(BTreeMap<UserId, BannedUser>);

impl Bans {
    pub fn hold(&self, user_id: &UserId, at: Timestamp) -> bool {
        self.0.get(user_id).is_some_and(|ban| ban.holds_at(at))
    }

    /// Adds or replaces the ban of a user. Error `listFull` if `most` other bans are in force.
    pub fn put(&mut self, ban: BannedUser, now: Timestamp, most: usize) -> Result<(), Rejection> {
        let others = |other: &&BannedUser| other.holds_at(now) && other.user.user_id != ban.user.user_id;
        if self.0.values().filter(others).count() >= most {
            return Err(ErrorCode::ListFull.into());
        }
        self.0.retain(|_, other| other.holds_at(now));
        self.0.insert(ban.user.user_id.clone(), ban);
        Ok(())
    }

    pub fn lift(&mut self, user_id: &UserId) {
        self.0.remove(user_id);
    }

    /// One page of the bans in force, by user id. The cursor is the last id of the page before.
    pub fn page(&self, cursor: &str, count: u32, at: Timestamp) -> Result<BannedUserPage, Rejection> {
        checks::range("count", count, 1, limits::MAX_LIST_COUNT)?;
        let start = match cursor {
            "" => Bound::Unbounded,
            id => Bound::Excluded(
                UserId::from_stored(id).map_err(|_| checks::invalid("This cursor was not made here."))?,
            ),
        };
        let rest = self.0.range((start, Bound::Unbounded)).map(|(_, ban)| ban);
        let mut rest = rest.filter(|ban| ban.holds_at(at)).peekable();
        let users: Vec<BannedUser> = rest.by_ref().take(count as usize).cloned().collect();
        let cursor = match (users.last(), rest.peek()) {
            (Some(last), Some(_)) => last.user.user_id.to_string(),
            (_, None) | (None, _) => String::new(),
        };
        Ok(BannedUserPage { users, cursor })
    }
}
