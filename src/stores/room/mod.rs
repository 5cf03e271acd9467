//! One live as this page knows it: shared by all stores of the live, left when the last of them is gone.

mod apply;
mod join;
mod likes;

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use duelcast_protocol::{Done, EventFrame, LeaveLive, LiveId, LiveSnapshot, Method, UserInfo};
use futures::channel::oneshot;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;

use super::{
    events::{EventHub, EventStream},
    field::Field,
    like_counter::LikeCounter,
    replica::Replica,
    room_state::{RoomEvents, RoomState},
    topic::Topic,
};
use crate::signaling::{CallError, Signaling};

type Waiting = oneshot::Sender<Result<(), CallError>>;

/// A handle of a live. Clones share it.
#[derive(Clone)]
pub(crate) struct Room {
    inner: SendWrapper<Rc<RoomInner>>,
}

pub(crate) struct RoomInner {
    live_id: LiveId,
    signaling: Signaling,
    me: Field<Option<UserInfo>>,
    state: RoomState,
    events: RoomEvents,
    changes: EventHub<RoomChange>,
    replica: RefCell<Replica>,
    fresh: RefCell<Fresh>,
    likes: RefCell<LikeCounter>,
    is_wanted: Cell<bool>,
    is_joining: Cell<bool>,
    waiting: RefCell<Vec<Waiting>>,
}

/// What a live is now, and the events since the last time.
#[derive(Debug, Clone)]
pub struct RoomChange {
    pub snapshot: Rc<LiveSnapshot>,
    pub events: Rc<[EventFrame]>,
}

/// What came since the signals were last written.
#[derive(Default)]
struct Fresh {
    events: Vec<EventFrame>,
    has_snapshot: bool,
    has_private: bool,
    has_volatile: bool,
}

impl Room {
    pub(crate) fn new(live_id: LiveId, signaling: Signaling, me: Field<Option<UserInfo>>) -> Self {
        let inner = RoomInner {
            live_id,
            signaling,
            me,
            state: RoomState::default(),
            events: RoomEvents::default(),
            changes: EventHub::default(),
            replica: RefCell::default(),
            fresh: RefCell::default(),
            likes: RefCell::default(),
            is_wanted: Cell::new(false),
            is_joining: Cell::new(false),
            waiting: RefCell::default(),
        };
        Self { inner: SendWrapper::new(Rc::new(inner)) }
    }

    pub(crate) fn upgrade(inner: &Weak<RoomInner>) -> Option<Self> {
        Some(Self { inner: SendWrapper::new(inner.upgrade()?) })
    }

    pub(crate) fn downgrade(&self) -> Weak<RoomInner> {
        Rc::downgrade(&self.inner)
    }

    pub(crate) fn live_id(&self) -> &LiveId {
        &self.inner.live_id
    }

    pub(crate) fn state(&self) -> &RoomState {
        &self.inner.state
    }

    pub(crate) fn events(&self, topic: Topic) -> EventStream<EventFrame> {
        self.inner.events.hub(topic).subscribe()
    }

    pub(crate) fn changes(&self) -> EventStream<RoomChange> {
        self.inner.changes.subscribe()
    }

    pub(crate) async fn call<M: Method + 'static>(&self, params: M) -> Result<M::Reply, CallError> {
        self.inner.signaling.call(params).await
    }

    /// A call whose answer says no more than that it was done.
    pub(crate) async fn tell<M: Method<Reply = Done> + 'static>(&self, params: M) -> Result<(), CallError> {
        self.inner.signaling.tell(params).await
    }
}

impl Drop for RoomInner {
    fn drop(&mut self) {
        if self.is_wanted.get() {
            let live_id = self.live_id.clone();
            spawn_local(self.signaling.call_then(&LeaveLive { live_id }, drop));
        }
    }
}
