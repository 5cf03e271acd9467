//! Our copy of a live: a snapshot, the events folded over it, and where it has a gap.

use duelcast_protocol::{EventFrame, LiveSnapshot, ResumeFrom, Resumed, Volatile};

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folded {
    Yes,
    /// It is in the copy already, or there is no copy yet.
    Stale,
    /// An event before it is missing.
    Gap,
}

/// Our copy of a live, empty until the first snapshot.
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

    /// Where the server may go on from.
    pub(crate) fn resume_from(&self) -> Option<ResumeFrom> {
        let snapshot = self.snapshot.as_ref()?;
        Some(ResumeFrom {
            epoch: snapshot.epoch.clone(),
            seq: snapshot.seq,
        })
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

    /// Catches up with what was missed; answers the events that were new, or `None` if they do not fit.
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
        snapshot.fold_volatile(&resumed.volatile);
        Some(new)
    }
}
