//! The shared state of a live page: its stores and the open sheet.

use std::{ops::Deref, sync::Arc};

use duelcast_protocol::{CoHostLive, LiveId, UserId, UserInfo};
use leptos::prelude::*;

use super::requests::restore_quiet;
use crate::{
    microphone::Microphone,
    stores::{
        AudienceStore, BarrageStore, BattleStore, CoHostStore, GiftStore, LikeStore, LiveSeatStore,
        LiveStore, SeatKey,
    },
};

/// The open sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Panel {
    Gifts,
    CoHost,
    Battle,
    Seat(SeatKey),
    /// All seats of one live.
    AllSeats(LiveId),
    Audience,
    /// The banned users of the live, for its owner and admins.
    Bans,
    /// The owner closes the page.
    Leave,
    /// The profile of a user in the chat.
    User(UserInfo),
}

/// A live on the stage: this one or a connected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRoom {
    pub live_id: LiveId,
    pub name: String,
    pub seat_count: u16,
}

/// The context of a live page. Clones share everything.
pub struct RoomContext {
    parts: Arc<RoomParts>,
}

impl Clone for RoomContext {
    // Not inlined, because almost every closure clones it: keeps the module small.
    #[inline(never)]
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone() }
    }
}

impl Deref for RoomContext {
    type Target = RoomParts;
    fn deref(&self) -> &RoomParts {
        &self.parts
    }
}

/// The stores and the view state of a live page.
pub struct RoomParts {
    pub live_id: LiveId,
    pub live: LiveStore,
    pub seats: LiveSeatStore,
    pub co_host: CoHostStore,
    pub battle: BattleStore,
    pub chat: BarrageStore,
    pub gifts: GiftStore,
    pub likes: LikeStore,
    pub audience: AudienceStore,
    pub panel: RwSignal<Option<Panel>>,
    /// Whether the streamer declines all invitations.
    pub is_quiet: RwSignal<bool>,
    /// The open microphone. Stored here so that it stays open when the page is redrawn in another
    /// language.
    pub microphone: StoredValue<Option<Microphone>>,
    /// False on the overlay page, which has no controls.
    pub has_controls: bool,
}

impl RoomContext {
    pub fn create(live_id: &LiveId, has_controls: bool) -> Self {
        let parts = RoomParts {
            live_id: live_id.clone(),
            live: LiveStore::create(live_id),
            seats: LiveSeatStore::create(live_id),
            co_host: CoHostStore::create(live_id),
            battle: BattleStore::create(live_id),
            chat: BarrageStore::create(live_id),
            gifts: GiftStore::create(live_id),
            likes: LikeStore::create(live_id),
            audience: AudienceStore::create(live_id),
            panel: RwSignal::new(None),
            is_quiet: restore_quiet(),
            microphone: StoredValue::new(None),
            has_controls,
        };
        Self { parts: Arc::new(parts) }
    }

    pub fn open(&self, panel: Panel) {
        if self.has_controls {
            self.panel.set(Some(panel));
        }
    }

    pub fn close(&self) {
        self.panel.set(None);
    }

    /// Reactive: the owner of this or a connected live.
    pub fn owner_of(&self, live_id: &LiveId) -> Option<UserId> {
        if *live_id == self.live_id {
            return self.live.state.info.with(|info| info.as_ref().map(|info| info.owner.user_id.clone()));
        }
        self.co_host.state.connected.with(|lives| {
            lives.iter().find(|live| live.live_id == *live_id).map(|live| live.owner.user_id.clone())
        })
    }

    /// Reactive: the connected lives except this one.
    pub fn others(&self) -> Vec<CoHostLive> {
        self.co_host
            .state
            .connected
            .with(|lives| lives.iter().filter(|live| live.live_id != self.live_id).cloned().collect())
    }

    /// Reactive: the lives on the stage, this one first, the others in order of joining.
    pub fn stage_rooms(&self) -> Vec<StageRoom> {
        let mut rooms = Vec::new();
        let mut add = |live_id: &LiveId, name: &str, seat_count| {
            rooms.push(StageRoom { live_id: live_id.clone(), name: name.to_owned(), seat_count });
        };
        self.live.state.info.with(|info| {
            if let Some(info) = info {
                add(&info.live_id, &info.live_name, info.max_seat_count);
            }
        });
        self.co_host.state.connected.with(|lives| {
            for live in lives.iter().filter(|live| live.live_id != self.live_id) {
                add(&live.live_id, &live.live_name, live.max_seat_count);
            }
        });
        rooms
    }
}

/// The context of the page; provided by the live page and the overlay page.
pub fn use_room() -> RoomContext {
    expect_context::<RoomContext>()
}
