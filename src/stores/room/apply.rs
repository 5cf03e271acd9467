//! What the server says about a live: into the replica first, then into the signals, then to who listens.

use std::rc::Rc;

use duelcast_protocol::{Event, EventFrame, LiveSnapshot, Resumed, Volatile};

use super::{Room, RoomChange};
use crate::stores::{replica::Folded, state::LivePhase};

impl Room {
    /// We are in the live, with everything in it.
    pub(crate) fn take_snapshot(&self, snapshot: LiveSnapshot) {
        self.inner.is_wanted.set(true);
        self.inner.replica.borrow_mut().replace(snapshot);
        self.inner.fresh.borrow_mut().has_snapshot = true;
        self.write();
        self.inner.state.live.phase.set(LivePhase::Joined);
        self.answer_waiting(&Ok(()));
    }

    pub(super) fn take_resumed(&self, resumed: Resumed) {
        let volumes = resumed.volatile.volumes.clone();
        let new = self.inner.replica.borrow_mut().resume(resumed);
        let Some(new) = new else {
            self.inner.replica.borrow_mut().clear();
            return self.start_join();
        };
        self.inner.state.seats.set_volumes(volumes.as_deref().unwrap_or_default());
        self.inner.fresh.borrow_mut().events.extend(new);
        self.inner.fresh.borrow_mut().has_private = true;
        self.write();
        self.inner.state.live.phase.set(LivePhase::Joined);
        self.answer_waiting(&Ok(()));
    }

    pub(crate) fn take_event(&self, frame: EventFrame) {
        let folded = self.inner.replica.borrow_mut().fold(&frame);
        match folded {
            Folded::Yes => self.inner.fresh.borrow_mut().events.push(frame),
            Folded::Stale => {}
            Folded::Gap => self.start_join(),
        }
    }

    pub(crate) fn take_volatile(&self, volatile: &Volatile) {
        self.inner.replica.borrow_mut().fold_volatile(volatile);
        let me = self.inner.me.get_untracked().map(|me| me.user_id);
        let newest = volatile.newcomers.iter().flatten().rfind(|user| me.as_ref() != Some(&user.user_id));
        if let Some(user) = newest {
            self.inner.state.audience.welcome(user);
        }
        self.inner.state.seats.set_volumes(volatile.volumes.as_deref().unwrap_or_default());
        self.inner.fresh.borrow_mut().has_volatile = true;
    }

    /// Writes what came since the last time to the signals, then tells who listens.
    pub(crate) fn write(&self) {
        let fresh = self.inner.fresh.take();
        let me = self.inner.me.get_untracked().map(|me| me.user_id);
        if let Some(snapshot) = self.inner.replica.borrow().snapshot() {
            if fresh.has_snapshot || fresh.has_private || !fresh.events.is_empty() {
                self.inner.state.sync(snapshot, me.as_ref());
            } else if fresh.has_volatile {
                self.inner.state.sync_volatile(snapshot);
            }
            if fresh.has_snapshot {
                self.inner.state.reset_chat(&snapshot.recent_messages);
            } else {
                self.inner.state.add_chat(&fresh.events);
            }
            if fresh.has_snapshot || fresh.has_private {
                self.inner.likes.borrow_mut().reset(snapshot.likes);
            } else {
                self.inner.likes.borrow_mut().take_server_total(snapshot.likes);
            }
        }
        self.write_likes();
        self.tell_of_change(&fresh.events);
        self.tell_listeners(fresh.events);
    }

    fn tell_of_change(&self, events: &[EventFrame]) {
        if self.inner.changes.is_heard()
            && let Some(snapshot) = self.inner.replica.borrow().snapshot()
        {
            let change = RoomChange { snapshot: Rc::new(snapshot.clone()), events: events.into() };
            self.inner.changes.send(&change);
        }
    }

    fn tell_listeners(&self, events: Vec<EventFrame>) {
        for frame in events {
            if let Event::OnLiveEnded { reason, summary } = &frame.event {
                self.inner.is_wanted.set(false);
                self.inner.state.live.phase.set(LivePhase::Ended { reason: *reason, summary: *summary });
            }
            if let Event::OnKickedOutOfLive { reason, operator, banned_until } = &frame.event {
                self.be_out(LivePhase::KickedOut {
                    reason: *reason,
                    operator: operator.clone(),
                    banned_until: *banned_until,
                });
            }
            self.inner.events.send(&frame);
        }
    }

    /// The server sends nothing of the live any more, and what there was is not resumed.
    fn be_out(&self, phase: LivePhase) {
        self.inner.is_wanted.set(false);
        self.inner.replica.borrow_mut().clear();
        self.inner.state.live.phase.set(phase);
    }

    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.inner.state.live.phase.get_untracked(), LivePhase::Ended { .. })
    }
}
