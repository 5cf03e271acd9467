//! One live as this page knows it: a notification is applied to the replica first, then written to
//! the views.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use duelcast_protocol::{Event, EventFrame, LeaveLive, LiveId, LiveSnapshot, Resumed, Volatile};
use futures::channel::oneshot;

use super::{
    membership::{LiveInput, Membership},
    phase::LivePhase,
    replica::{Folded, Replica},
};
use crate::signaling::{CallError, Signaling};

/// Displays a live. Called while the live is borrowed: implementations must not call back into it.
pub trait View {
    /// Sets the phase of this page's membership.
    fn set_phase(&self, _phase: &LivePhase) {}
    /// Takes volatile values, including those that are not part of a snapshot.
    fn take_volatile(&self, _volatile: &Volatile) {}
    /// Writes the current snapshot, `None` after the page left, and what changed since the last
    /// call.
    fn write(&self, snapshot: Option<&LiveSnapshot>, news: &News);
}

/// Changes since the last write to the views.
#[derive(Debug, Default)]
pub struct News {
    pub events: Vec<Rc<EventFrame>>,
    /// A full snapshot arrived: any part may have changed.
    pub has_snapshot: bool,
    pub has_private: bool,
    pub has_volatile: bool,
}

type Waiting = oneshot::Sender<Result<(), CallError>>;

/// A handle to a live. Clones share the live.
#[derive(Clone)]
pub struct Live {
    pub(super) inner: Rc<LiveInner>,
}

pub(super) struct LiveInner {
    pub(super) live_id: LiveId,
    pub(super) signaling: Signaling,
    pub(super) membership: RefCell<Membership>,
    /// The phase last written to the views.
    shown_phase: RefCell<LivePhase>,
    pub(super) replica: RefCell<Replica>,
    pub(super) news: RefCell<News>,
    views: RefCell<Vec<Weak<dyn View>>>,
    pub(super) waiting: RefCell<Vec<Waiting>>,
}

impl Live {
    pub(super) fn new(live_id: LiveId, signaling: Signaling) -> Self {
        let inner = LiveInner {
            live_id,
            signaling,
            membership: RefCell::default(),
            shown_phase: RefCell::default(),
            replica: RefCell::default(),
            news: RefCell::default(),
            views: RefCell::default(),
            waiting: RefCell::default(),
        };
        Self { inner: Rc::new(inner) }
    }

    pub(super) fn upgrade(inner: &Weak<LiveInner>) -> Option<Self> {
        Some(Self { inner: inner.upgrade()? })
    }

    pub(super) fn downgrade(&self) -> Weak<LiveInner> {
        Rc::downgrade(&self.inner)
    }

    #[must_use]
    pub fn live_id(&self) -> &LiveId {
        &self.inner.live_id
    }

    /// Attaches a view and writes the current state to it. The view is held weakly.
    pub fn show(&self, view: &Rc<dyn View>) {
        view.set_phase(&self.inner.shown_phase.borrow());
        if let Some(snapshot) = self.inner.replica.borrow().snapshot() {
            view.write(Some(snapshot), &News { has_snapshot: true, ..News::default() });
        }
        self.inner.views.borrow_mut().push(Rc::downgrade(view));
    }

    pub(super) fn views(&self) -> Vec<Rc<dyn View>> {
        let mut views = self.inner.views.borrow_mut();
        views.retain(|view| view.strong_count() > 0);
        views.iter().filter_map(Weak::upgrade).collect()
    }

    /// Writes the phase to the views if it changed.
    pub(super) fn show_phase(&self) {
        let phase = self.inner.membership.borrow().phase();
        if *self.inner.shown_phase.borrow() != phase {
            self.views().iter().for_each(|view| view.set_phase(&phase));
            self.inner.shown_phase.replace(phase);
        }
    }

    /// Replaces the replica: the page created the live, or the server sent a full snapshot.
    pub(crate) fn take_snapshot(&self, snapshot: LiveSnapshot) {
        self.replace(snapshot);
        self.apply(LiveInput::Snapshot);
    }

    pub(super) fn replace(&self, snapshot: LiveSnapshot) {
        self.inner.replica.borrow_mut().replace(snapshot);
        self.inner.news.borrow_mut().has_snapshot = true;
        self.write();
    }

    /// Folds the missed events. Returns false if they do not continue the replica.
    pub(super) fn resume(&self, resumed: Resumed) -> bool {
        let volatile = Volatile { newcomers: None, ..resumed.volatile.clone() };
        let Some(new) = self.inner.replica.borrow_mut().resume(resumed) else {
            return false;
        };
        self.views().iter().for_each(|view| view.take_volatile(&volatile));
        self.inner.news.borrow_mut().events.extend(new.into_iter().map(Rc::new));
        self.inner.news.borrow_mut().has_private = true;
        self.write();
        true
    }

    pub(super) fn take_event(&self, frame: EventFrame) {
        let folded = self.inner.replica.borrow_mut().fold(&frame);
        match folded {
            Folded::Yes => self.inner.news.borrow_mut().events.push(Rc::new(frame)),
            Folded::Stale => {}
            Folded::Gap => drop(self.apply(LiveInput::Gap)),
        }
    }

    pub(super) fn take_volatile(&self, volatile: &Volatile) {
        self.inner.replica.borrow_mut().fold_volatile(volatile);
        self.views().iter().for_each(|view| view.take_volatile(volatile));
        self.inner.news.borrow_mut().has_volatile = true;
    }

    /// Writes the changes since the last call to the views.
    pub(super) fn write(&self) {
        let news = self.inner.news.take();
        {
            let replica = self.inner.replica.borrow();
            self.views().iter().for_each(|view| view.write(replica.snapshot(), &news));
        }
        for frame in &news.events {
            if let Event::OnLiveEnded { reason, summary } = &frame.event {
                self.apply(LiveInput::Over(LivePhase::Ended { reason: *reason, summary: *summary }));
            }
            if let Event::OnKickedOutOfLive { reason, operator, banned_until } = &frame.event {
                self.apply(LiveInput::Over(LivePhase::KickedOut {
                    reason: *reason,
                    operator: operator.clone(),
                    banned_until: *banned_until,
                }));
            }
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.inner.membership.borrow().phase(), LivePhase::Ended { .. })
    }
}

impl Drop for LiveInner {
    fn drop(&mut self) {
        if self.membership.borrow().is_wanted() {
            let live_id = self.live_id.clone();
            self.signaling.call_then(&LeaveLive { live_id }, drop);
        }
    }
}
