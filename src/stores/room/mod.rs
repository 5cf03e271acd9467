//! The shared part of all stores of one live. When the last store is dropped, the live is left.

use leptos::prelude::*;

mod likes;
mod view;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use duelcast_protocol::{Done, EventFrame, LiveId, LiveSnapshot, Method, UserInfo};
use send_wrapper::SendWrapper;

use super::{
    events::EventStream,
    like_counter::LikeCounter,
    room_state::{RoomEvents, RoomState},
    topic::Topic,
};
use crate::{
    lives::{Live, View},
    signaling::{Call, Signaling},
};

/// A handle of a live and its signals. Clones share them.
#[derive(Clone)]
pub(crate) struct Room {
    inner: SendWrapper<Rc<RoomInner>>,
}

pub(crate) struct RoomInner {
    live: Live,
    signaling: Signaling,
    me: ArcRwSignal<Option<UserInfo>>,
    state: RoomState,
    events: RoomEvents,
    likes: RefCell<LikeCounter>,
}

impl Room {
    pub(crate) fn new(live: Live, signaling: Signaling, me: ArcRwSignal<Option<UserInfo>>) -> Self {
        let inner = Rc::new(RoomInner {
            live,
            signaling,
            me,
            state: RoomState::default(),
            events: RoomEvents::default(),
            likes: RefCell::default(),
        });
        let view: Rc<dyn View> = inner.clone();
        inner.live.show(&view);
        Self { inner: SendWrapper::new(inner) }
    }

    pub(crate) fn upgrade(inner: &Weak<RoomInner>) -> Option<Self> {
        Some(Self { inner: SendWrapper::new(inner.upgrade()?) })
    }

    pub(crate) fn downgrade(&self) -> Weak<RoomInner> {
        Rc::downgrade(&self.inner)
    }

    pub(crate) fn live_id(&self) -> &LiveId {
        self.inner.live.live_id()
    }

    pub(crate) fn state(&self) -> &RoomState {
        &self.inner.state
    }

    pub(crate) fn events(&self, topic: Topic) -> EventStream<EventFrame> {
        self.inner.events.hub(topic).subscribe()
    }

    pub(crate) fn join(&self) -> Call<()> {
        let live = self.inner.live.clone();
        Box::pin(async move { live.join().await })
    }

    pub(crate) fn leave(&self) -> Call<()> {
        let live = self.inner.live.clone();
        Box::pin(async move { live.leave().await })
    }

    /// Enters the live with this snapshot, without `joinLive`.
    pub(crate) fn take_snapshot(&self, snapshot: LiveSnapshot) {
        self.inner.live.take_snapshot(snapshot);
    }

    pub(crate) fn call<M: Method + 'static>(&self, params: M) -> Call<M::Reply> {
        self.inner.signaling.call(params)
    }

    /// Calls a method with an empty result.
    pub(crate) fn command<M: Method<Reply = Done> + 'static>(&self, params: M) -> Call<()> {
        self.inner.signaling.command(params)
    }
}
