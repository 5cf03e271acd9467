//! One live as this page knows it: shared by all stores of the live, left when the last of them is gone.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use duelcast_protocol::{
    Done, Event, EventFrame, JoinLive, JoinReply, LeaveLive, LiveId, LiveSnapshot, Method, Resumed, SendLike,
    UserInfo, Volatile,
};
use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::GetUntracked;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;

use super::{
    events::EventStream,
    field::Field,
    like_counter::LikeCounter,
    replica::{Folded, Replica},
    room_state::{RoomEvents, RoomState},
    state::LivePhase,
    topic::Topic,
};
use crate::signaling::{CallError, Signaling, Status};

/// After a refusal that may pass.
const REJOIN_DELAY_MS: u32 = 1_000;
/// What gathers within this time is one `sendLike`.
const LIKE_FLUSH_MS: u32 = 300;

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
    replica: RefCell<Replica>,
    fresh: RefCell<Fresh>,
    likes: RefCell<LikeCounter>,
    is_wanted: Cell<bool>,
    is_joining: Cell<bool>,
    waiting: RefCell<Vec<Waiting>>,
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
            replica: RefCell::default(),
            fresh: RefCell::default(),
            likes: RefCell::default(),
            is_wanted: Cell::new(false),
            is_joining: Cell::new(false),
            waiting: RefCell::default(),
        };
        Self {
            inner: SendWrapper::new(Rc::new(inner)),
        }
    }

    pub(crate) fn upgrade(inner: &Weak<RoomInner>) -> Option<Self> {
        Some(Self {
            inner: SendWrapper::new(inner.upgrade()?),
        })
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

    pub(crate) async fn call<M: Method + 'static>(&self, params: M) -> Result<M::Reply, CallError> {
        self.inner.signaling.call(params).await
    }

    /// A call whose answer says no more than that it was done.
    pub(crate) async fn tell<M: Method<Reply = Done> + 'static>(&self, params: M) -> Result<(), CallError> {
        self.call(params).await.map(|Done {}| ())
    }

    pub(crate) async fn join(&self) -> Result<(), CallError> {
        if self.inner.state.live.phase.get_untracked() == LivePhase::Joined {
            return Ok(());
        }
        self.inner.is_wanted.set(true);
        self.inner.state.live.phase.set(LivePhase::Joining);
        let (sender, receiver) = oneshot::channel();
        self.inner.waiting.borrow_mut().push(sender);
        self.start_join();
        receiver.await.unwrap_or(Err(CallError::ConnectionLost))
    }

    /// Asks for what we do not have yet, if the live is wanted. The socket's loss or a passing refusal does not end the wish.
    pub(crate) fn start_join(&self) {
        if !self.inner.is_wanted.get() || self.inner.is_joining.replace(true) {
            return;
        }
        let params = JoinLive {
            live_id: self.live_id().clone(),
            resume: self.inner.replica.borrow().resume_from(),
        };
        let (signaling, room) = (self.inner.signaling.clone(), self.downgrade());
        spawn_local(async move {
            let joined = move |reply| {
                if let Some(room) = Self::upgrade(&room) {
                    room.take_join_reply(reply);
                }
            };
            signaling.call_then(params, joined).await;
        });
    }

    fn take_join_reply(&self, reply: Result<JoinReply, CallError>) {
        self.inner.is_joining.set(false);
        if !self.inner.is_wanted.get() {
            return;
        }
        match reply {
            Ok(JoinReply::Snapshot(snapshot)) => self.take_snapshot(*snapshot),
            Ok(JoinReply::Resumed(resumed)) => self.take_resumed(resumed),
            Err(error) if error.is_retryable() || error == CallError::NotSignedIn => {
                self.join_failed_for_now(error)
            }
            Err(error) => {
                self.inner.is_wanted.set(false);
                self.inner.replica.borrow_mut().clear();
                self.inner.state.live.phase.set(LivePhase::Failed(error.clone()));
                self.answer_waiting(&Err(error));
            }
        }
    }

    fn join_failed_for_now(&self, error: CallError) {
        let is_online = self.inner.signaling.status().get_untracked() == Status::Online;
        self.answer_waiting(&Err(error));
        if is_online {
            let room = self.downgrade();
            spawn_local(async move {
                TimeoutFuture::new(REJOIN_DELAY_MS).await;
                if let Some(room) = Self::upgrade(&room) {
                    room.start_join();
                }
            });
        }
    }

    fn answer_waiting(&self, outcome: &Result<(), CallError>) {
        for waiting in self.inner.waiting.take() {
            drop(waiting.send(outcome.clone()));
        }
    }

    pub(crate) async fn leave(&self) -> Result<(), CallError> {
        let was_wanted = self.inner.is_wanted.replace(false);
        self.inner.replica.borrow_mut().clear();
        self.inner.state.live.phase.set(LivePhase::Idle);
        if was_wanted {
            self.tell(LeaveLive {
                live_id: self.live_id().clone(),
            })
            .await
        } else {
            Ok(())
        }
    }

    /// We are in the live, with everything in it.
    pub(crate) fn take_snapshot(&self, snapshot: LiveSnapshot) {
        self.inner.is_wanted.set(true);
        self.inner.replica.borrow_mut().replace(snapshot);
        self.inner.fresh.borrow_mut().has_snapshot = true;
        self.write();
        self.inner.state.live.phase.set(LivePhase::Joined);
        self.answer_waiting(&Ok(()));
    }

    fn take_resumed(&self, resumed: Resumed) {
        let volumes = resumed.volatile.volumes.clone();
        let new = self.inner.replica.borrow_mut().resume(resumed);
        let Some(new) = new else {
            self.inner.replica.borrow_mut().clear();
            return self.start_join();
        };
        self.inner
            .state
            .seats
            .set_volumes(volumes.as_deref().unwrap_or_default());
        self.inner.fresh.borrow_mut().events.extend(new);
        self.inner.fresh.borrow_mut().has_private = true;
        self.write();
        self.inner.state.live.phase.set(LivePhase::Joined);
        self.answer_waiting(&Ok(()));
    }
}

impl Room {
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
        self.inner
            .state
            .seats
            .set_volumes(volatile.volumes.as_deref().unwrap_or_default());
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
        self.tell_listeners(fresh.events);
    }

    fn tell_listeners(&self, events: Vec<EventFrame>) {
        for frame in events {
            if let Event::OnLiveEnded { reason, summary } = &frame.event {
                self.inner.is_wanted.set(false);
                self.inner.state.live.phase.set(LivePhase::Ended {
                    reason: *reason,
                    summary: *summary,
                });
            }
            self.inner.events.send(&frame);
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        matches!(
            self.inner.state.live.phase.get_untracked(),
            LivePhase::Ended { .. }
        )
    }

    fn write_likes(&self) {
        self.inner
            .state
            .likes
            .total
            .set(self.inner.likes.borrow().shown());
    }

    pub(crate) fn send_like(&self) {
        let is_first = self.inner.likes.borrow_mut().add();
        self.write_likes();
        if is_first {
            spawn_local(flush_likes(self.clone()));
        }
    }
}

async fn flush_likes(room: Room) {
    loop {
        TimeoutFuture::new(LIKE_FLUSH_MS).await;
        let Some(count) = room.inner.likes.borrow_mut().take_batch() else {
            return;
        };
        let sent = room
            .tell(SendLike {
                live_id: room.live_id().clone(),
                count,
            })
            .await;
        room.inner.likes.borrow_mut().sent(sent.is_ok());
        room.write_likes();
    }
}

impl Drop for RoomInner {
    fn drop(&mut self) {
        if self.is_wanted.get() {
            let (signaling, live_id) = (self.signaling.clone(), self.live_id.clone());
            spawn_local(async move { signaling.call_then(LeaveLive { live_id }, drop).await });
        }
    }
}
