//! Our own likes that the server has not confirmed yet.

use duelcast_protocol::limits::MAX_LIKE_COUNT;

/// Maximum number of unsent likes; more are ignored.
const MAX_UNSENT: u32 = 10 * MAX_LIKE_COUNT;

/// The displayed total while our own likes are unconfirmed. It never decreases, unless the server
/// refused likes.
#[derive(Debug, Default)]
pub(crate) struct LikeCounter {
    shown: u64,
    server_total: u64,
    unsent: u32,
    is_flushing: bool,
}

impl LikeCounter {
    pub(crate) fn shown(&self) -> u64 {
        self.shown
    }

    /// Adds a like; returns true if the caller must start a flush task.
    pub(crate) fn add(&mut self) -> bool {
        if self.unsent < MAX_UNSENT {
            self.unsent += 1;
            self.shown += 1;
        }
        !std::mem::replace(&mut self.is_flushing, true)
    }

    pub(crate) fn take_server_total(&mut self, total: u64) {
        self.server_total = total;
        self.shown = self.shown.max(total + u64::from(self.unsent));
    }

    /// Resets to the total of a snapshot: a restarted server may have lost likes.
    pub(crate) fn reset(&mut self, total: u64) {
        self.server_total = total;
        self.shown = total + u64::from(self.unsent);
    }

    /// Takes the next batch; `None` ends the flush task.
    pub(crate) fn take_batch(&mut self) -> Option<u32> {
        let count = self.unsent.min(MAX_LIKE_COUNT);
        self.unsent -= count;
        self.is_flushing = count > 0;
        self.is_flushing.then_some(count)
    }

    /// Records the answer to a batch; a refused batch is subtracted.
    pub(crate) fn sent(&mut self, is_accepted: bool) {
        if !is_accepted {
            self.shown = self.server_total + u64::from(self.unsent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likes_count_at_once_and_are_sent_in_batches() {
        let mut likes = LikeCounter::default();
        likes.take_server_total(40);
        assert!(likes.add());
        for _ in 0..149 {
            assert!(!likes.add());
        }
        assert_eq!(likes.shown(), 190);
        assert_eq!((likes.take_batch(), likes.take_batch(), likes.take_batch()), (Some(100), Some(50), None));
        assert!(likes.add());
    }

    #[test]
    fn the_total_never_falls_while_the_server_counts_ours() {
        let mut likes = LikeCounter::default();
        likes.take_server_total(10);
        likes.add();
        assert_eq!(likes.take_batch(), Some(1));
        likes.take_server_total(10);
        assert_eq!(likes.shown(), 11);
        likes.sent(true);
        likes.take_server_total(15);
        assert_eq!(likes.shown(), 15);
    }

    #[test]
    fn a_snapshot_says_the_total_even_if_it_is_less() {
        let mut likes = LikeCounter::default();
        likes.take_server_total(10);
        likes.add();
        likes.reset(3);
        assert_eq!(likes.shown(), 4);
    }

    #[test]
    fn refused_likes_are_taken_back() {
        let mut likes = LikeCounter::default();
        likes.take_server_total(10);
        likes.add();
        likes.take_batch();
        likes.sent(false);
        assert_eq!(likes.shown(), 10);
    }

    #[test]
    fn likes_that_wait_are_bounded() {
        let mut likes = LikeCounter::default();
        for _ in 0..MAX_UNSENT + 5 {
            likes.add();
        }
        assert_eq!(likes.shown(), u64::from(MAX_UNSENT));
    }
}
