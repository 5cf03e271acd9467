//! The newest events of one live, for clients that reconnect.

use std::collections::VecDeque;

use duelcast_protocol::{EventFrame, Timestamp, limits};

/// Public events of a live, contiguous by `seq`.
#[derive(Debug, Default)]
pub(super) struct Replay(VecDeque<EventFrame>);

impl Replay {
    /// Takes the next public event; old ones go.
    pub(super) fn push(&mut self, frame: EventFrame) {
        let now = frame.at;
        self.0.push_back(frame);
        while self.is_surplus(now) {
            self.0.pop_front();
        }
    }

    /// What came after `seq`, oldest first; `None` if not all of it is here any more.
    pub(super) fn after(&self, seq: u64) -> Option<Vec<EventFrame>> {
        let oldest = self.0.front()?.seq?;
        let skipped = usize::try_from(seq.checked_add(1)?.checked_sub(oldest)?).ok()?;
        (skipped <= self.0.len()).then(|| self.0.iter().skip(skipped).cloned().collect())
    }

    fn is_surplus(&self, now: Timestamp) -> bool {
        let is_old = |frame: &EventFrame| now.saturating_sub(frame.at) > limits::REPLAY_MS;
        self.0.len() > limits::MAX_REPLAY_EVENTS
            || (self.0.len() > limits::REPLAY_EVENTS && self.0.front().is_some_and(is_old))
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{Event, LiveId, UserId};

    use super::*;

    fn frame(seq: u64, at: Timestamp) -> EventFrame {
        let event = Event::OnUserOnline { user_id: UserId::new("ann").unwrap() };
        EventFrame { live_id: LiveId::new("live").unwrap(), seq: Some(seq), at, event }
    }

    fn filled(count: u64, at: impl Fn(u64) -> Timestamp) -> Replay {
        let mut replay = Replay::default();
        (1..=count).for_each(|seq| replay.push(frame(seq, at(seq))));
        replay
    }

    fn seqs_after(replay: &Replay, seq: u64) -> Option<Vec<u64>> {
        Some(replay.after(seq)?.into_iter().filter_map(|frame| frame.seq).collect())
    }

    #[test]
    fn later_events_are_replayed_in_order() {
        let replay = filled(5, |_| 0);
        assert_eq!(seqs_after(&replay, 3), Some(vec![4, 5]));
        assert_eq!(seqs_after(&replay, 5), Some(vec![]));
        assert_eq!(seqs_after(&replay, 0), Some(vec![1, 2, 3, 4, 5]));
    }

    #[test]
    fn neither_the_future_nor_a_gap_is_replayed() {
        assert_eq!(seqs_after(&filled(5, |_| 0), 6), None);
        assert_eq!(seqs_after(&Replay::default(), 1), None);
        let old = filled(limits::REPLAY_EVENTS as u64 + 5, |seq| seq * limits::REPLAY_MS);
        assert_eq!(seqs_after(&old, 4), None);
        assert!(seqs_after(&old, 5).is_some());
    }

    #[test]
    fn young_events_stay_up_to_the_limit() {
        let replay = filled(limits::MAX_REPLAY_EVENTS as u64 + 1, |_| 0);
        assert_eq!(replay.0.len(), limits::MAX_REPLAY_EVENTS);
        assert_eq!(seqs_after(&replay, 0), None);
    }
}
