//! The list of lives. The cursor is the number of the last live on a page, so a live that starts
//! between two pages neither repeats nor hides another one.

use duelcast_protocol::{LiveActivity, LiveCard, LiveId, LiveListPage, Rejection, limits};

use crate::{Realm, checks, lives::Live};

/// A filter for the list of lives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListFilter {
    pub except: Option<LiveId>,
    pub include_hidden: bool,
}

impl ListFilter {
    fn shows(&self, live: &Live) -> bool {
        (self.include_hidden || live.info.is_public_visible)
            && self.except.as_ref() != Some(&live.info.live_id)
    }
}

impl Realm {
    /// One page of at most `count` lives, newest first. An empty cursor asks for the first page and
    /// marks the last one.
    ///
    /// # Errors
    /// `invalidParams` if the cursor or the count is invalid.
    pub fn list_lives(
        &self,
        cursor: &str,
        count: u32,
        filter: &ListFilter,
    ) -> Result<LiveListPage, Rejection> {
        checks::range("count", count, 1, limits::MAX_LIST_COUNT)?;
        let start = parse_cursor(cursor)?;
        let mut rest = self.lives.older_than(start).filter(|live| filter.shows(live)).peekable();
        let shown: Vec<&Live> = rest.by_ref().take(count as usize).collect();
        let cursor = match (shown.last(), rest.peek()) {
            (Some(last), Some(_)) => last.number.to_string(),
            (_, None) | (None, _) => String::new(),
        };
        Ok(LiveListPage { lives: shown.into_iter().map(|live| self.card(live)).collect(), cursor })
    }

    /// A live as the list shows it; `None` if there is no such live. The server fills in
    /// `viewer_count`.
    #[must_use]
    pub fn live_card(&self, live: &LiveId) -> Option<LiveCard> {
        self.lives.get(live).map(|live| self.card(live))
    }

    fn card(&self, live: &Live) -> LiveCard {
        let live_id = &live.info.live_id;
        let activity = if self.is_in_battle(live_id) {
            LiveActivity::InBattle
        } else if live.connection.is_some() {
            LiveActivity::CoHosting
        } else {
            LiveActivity::Alone
        };
        let taken = live.seats.iter().filter(|seat| seat.user.is_some());
        LiveCard {
            live: live.info.clone(),
            activity,
            connected_count: u32::try_from(self.lives_hearing(live_id).len()).unwrap_or(u32::MAX),
            taken_seat_count: u32::try_from(taken.count()).unwrap_or(u32::MAX),
            viewer_count: 0,
        }
    }
}

fn parse_cursor(cursor: &str) -> Result<u64, Rejection> {
    if cursor.is_empty() {
        return Ok(u64::MAX);
    }
    cursor.parse().map_err(|_| checks::invalid("This cursor was not made here."))
}
