//! All signals and event hubs of one live.

use std::{cell::Cell, rc::Rc, sync::Arc};

use duelcast_protocol::{ChatItem, Event, EventFrame, LiveSnapshot, UserId};

use super::{
    events::EventHub,
    state::{
        AudienceState, BarrageState, BattleState, CoHostStoreState, GiftState, LikeState, LiveSeatState,
        LiveState,
    },
    topic::{Topic, topic},
};
use crate::stores::signal::SetIfChanged;

/// The states of all stores of one live.
#[derive(Default)]
pub(crate) struct RoomState {
    pub(crate) live: Arc<LiveState>,
    pub(crate) audience: Arc<AudienceState>,
    pub(crate) seats: Arc<LiveSeatState>,
    pub(crate) co_host: Arc<CoHostStoreState>,
    pub(crate) battle: Arc<BattleState>,
    pub(crate) barrage: Arc<BarrageState>,
    pub(crate) gifts: Arc<GiftState>,
    pub(crate) likes: Arc<LikeState>,
    last_id: Cell<u64>,
}

impl RoomState {
    /// Writes the signals that events may have changed.
    pub(crate) fn sync(&self, snapshot: &LiveSnapshot, me: Option<&UserId>) {
        self.live.sync(snapshot, me);
        self.seats.sync(snapshot, me);
        self.co_host.sync(snapshot);
        self.battle.sync(snapshot);
        self.sync_volatile(snapshot);
    }

    /// Writes the signals that volatile values may have changed.
    pub(crate) fn sync_volatile(&self, snapshot: &LiveSnapshot) {
        self.battle.sync_scores(snapshot);
        self.audience.viewer_count.set_if_changed(snapshot.viewer_count);
    }

    /// Replaces the chat with that of a snapshot.
    pub(crate) fn reset_chat(&self, items: &[ChatItem]) {
        self.barrage.reset(items.to_vec(), &self.last_id);
    }

    /// Adds the chat messages and gifts of these events.
    pub(crate) fn add_chat(&self, events: &[Rc<EventFrame>]) {
        let mut items = Vec::new();
        for frame in events {
            if let Event::OnTextMessage { message } = &frame.event {
                items.push(ChatItem::Text(message.clone()));
            } else if let Event::OnGift { message } = &frame.event {
                self.gifts.add(message, &self.last_id);
                items.push(ChatItem::Gift(message.clone()));
            }
        }
        self.barrage.append(items, &self.last_id);
    }
}

/// One hub per store, so that a busy chat does not evict the end of a battle.
#[derive(Default)]
pub(crate) struct RoomEvents {
    live: EventHub<EventFrame>,
    seat: EventHub<EventFrame>,
    co_host: EventHub<EventFrame>,
    battle: EventHub<EventFrame>,
    chat: EventHub<EventFrame>,
}

impl RoomEvents {
    pub(crate) fn hub(&self, topic: Topic) -> &EventHub<EventFrame> {
        match topic {
            Topic::Live => &self.live,
            Topic::Seat => &self.seat,
            Topic::CoHost => &self.co_host,
            Topic::Battle => &self.battle,
            Topic::Chat => &self.chat,
        }
    }

    pub(crate) fn send(&self, frame: &Rc<EventFrame>) {
        self.hub(topic(&frame.event)).send(frame);
    }
}
