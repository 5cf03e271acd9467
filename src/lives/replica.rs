//! The replica of a live: a snapshot with events folded over it, and gap detection.

use duelcast_protocol::{EventFrame, LiveSnapshot, ResumeFrom, Resumed, Volatile};

/// The result of applying an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folded {
    Yes,
    /// The replica contains it already, or there is no replica yet.
    Stale,
    /// An event before it is missing.
    Gap,
}

/// The replica of a live, empty until the first snapshot.
#[derive(Debug, Default)]
pub(crate) struct Replica {
    snapshot: Option<LiveSnapshot>,
}

impl Replica {
    pub(crate) fn snapshot(&self) -> Option<&LiveSnapshot> {
        self.snapshot.as_ref()
    }

    pub(crate) fn replace(&mut self, snapshot: LiveSnapshot) {
        self.snapshot = Some(snapshot);
    }

    pub(crate) fn clear(&mut self) {
        self.snapshot = None;
    }

    /// The position from which the server may resume the event stream.
    pub(crate) fn resume_from(&self) -> Option<ResumeFrom> {
        let snapshot = self.snapshot.as_ref()?;
        Some(ResumeFrom { epoch: snapshot.epoch.clone(), seq: snapshot.seq })
    }

    pub(crate) fn fold(&mut self, frame: &EventFrame) -> Folded {
        let Some(snapshot) = &mut self.snapshot else {
            return Folded::Stale;
        };
        match frame.seq {
            Some(seq) if seq <= snapshot.seq => return Folded::Stale,
            Some(seq) if seq > snapshot.seq + 1 => return Folded::Gap,
            Some(_) | None => snapshot.fold(frame),
        }
        Folded::Yes
    }

    pub(crate) fn fold_volatile(&mut self, volatile: &Volatile) {
        if let Some(snapshot) = &mut self.snapshot {
            snapshot.fold_volatile(volatile);
        }
    }

    /// Folds missed events; returns those that were new, or `None` if they do not continue the
    /// replica. A restarted server restarts `rev`, so its first volatile values are always taken.
    pub(crate) fn resume(&mut self, resumed: Resumed) -> Option<Vec<EventFrame>> {
        let mut new = Vec::new();
        for frame in resumed.events {
            match self.fold(&frame) {
                Folded::Yes => new.push(frame),
                Folded::Stale => {}
                Folded::Gap => return None,
            }
        }
        let snapshot = self.snapshot.as_mut()?;
        snapshot.private = resumed.private;
        snapshot.rev = resumed.volatile.rev;
        snapshot.fold_volatile(&resumed.volatile);
        Some(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use duelcast_protocol::{Event, UserId};

    fn frame(seq: Option<u64>, user: &str) -> EventFrame {
        let event = Event::OnUserOffline { user_id: UserId::new(user).unwrap() };
        EventFrame { live_id: sample::live_id("a"), seq, at: 0, event }
    }

    fn replica() -> Replica {
        let mut replica = Replica::default();
        replica.replace(sample::snapshot("a", 7));
        replica
    }

    #[test]
    fn the_next_event_is_folded_and_an_old_one_ignored() {
        let mut replica = replica();
        assert_eq!(replica.fold(&frame(Some(7), "ann")), Folded::Stale);
        assert_eq!(replica.fold(&frame(Some(8), "ann")), Folded::Yes);
        assert_eq!(replica.resume_from().unwrap().seq, 8);
    }

    #[test]
    fn a_missing_event_is_a_gap_and_changes_nothing() {
        let mut replica = replica();
        assert_eq!(replica.fold(&frame(Some(9), "ann")), Folded::Gap);
        assert_eq!(replica.resume_from().unwrap().seq, 7);
    }

    #[test]
    fn private_events_leave_no_gap() {
        let mut replica = replica();
        assert_eq!(replica.fold(&frame(None, "ann")), Folded::Yes);
        assert_eq!(replica.resume_from().unwrap().seq, 7);
    }

    #[test]
    fn before_the_first_snapshot_events_are_ignored() {
        assert_eq!(Replica::default().fold(&frame(Some(1), "ann")), Folded::Stale);
    }

    #[test]
    fn resuming_takes_missed_events_and_values_of_a_restarted_server() {
        let mut replica = replica();
        replica.fold_volatile(&Volatile { rev: 900, viewer_count: Some(3), ..sample::volatile("a") });
        let volatile = Volatile { rev: 1, viewer_count: Some(5), ..sample::volatile("a") };
        let events = vec![frame(Some(7), "old"), frame(Some(8), "new")];
        let new = replica.resume(sample::resumed(events, volatile)).unwrap();
        assert_eq!(new, [frame(Some(8), "new")]);
        assert_eq!(replica.snapshot().map(|snapshot| (snapshot.viewer_count, snapshot.rev)), Some((5, 1)));
    }

    #[test]
    fn missed_events_that_do_not_fit_are_refused() {
        let mut replica = replica();
        assert!(
            replica.resume(sample::resumed(vec![frame(Some(10), "ann")], sample::volatile("a"))).is_none()
        );
    }
}
