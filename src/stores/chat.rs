//! Chat and gifts of a live.

use std::sync::Arc;

use duelcast_protocol::{EventFrame, FetchGiftCatalogue, GiftId, LiveId, SendGift, SendTextMessage, UserId};

use super::{
    client::Client,
    events::EventStream,
    room::Room,
    state::{BarrageState, GiftState},
    topic::Topic,
};
use crate::signaling::Call;
use crate::stores::signal::SetIfChanged;

/// The chat: texts and gifts in one list.
#[derive(Clone)]
pub struct BarrageStore {
    room: Room,
    pub state: Arc<BarrageState>,
}

impl BarrageStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().barrage.clone(), room }
    }

    /// `onTextMessage` and `onGift`. See [`EventStream`] for the queue bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Chat)
    }

    /// Sends a text of at most `MAX_TEXT_CHARS` characters.
    ///
    /// # Errors
    /// The server's refusal, or a transport error.
    pub fn send_text(&self, text: String) -> Call<()> {
        self.room.command(SendTextMessage { live_id: self.room.live_id().clone(), text })
    }
}

/// Gifts and the gift catalogue.
#[derive(Clone)]
pub struct GiftStore {
    room: Room,
    pub state: Arc<GiftState>,
}

impl GiftStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().gifts.clone(), room }
    }

    /// `onTextMessage` and `onGift`. See [`EventStream`] for the queue bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Chat)
    }

    /// Fetches the catalogue into `state.catalogue`.
    ///
    /// # Errors
    /// The server's refusal, or a transport error.
    pub fn fetch_catalogue(&self) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            let catalogue = store.room.call(FetchGiftCatalogue {}).await?;
            store.state.catalogue.set_if_changed(catalogue.gifts);
            Ok(())
        })
    }

    /// Sends a gift to a user on a seat or the owner of a connected live; without a receiver, to
    /// the owner of this live.
    ///
    /// # Errors
    /// The server's refusal, or a transport error.
    pub fn send_gift(&self, gift_id: GiftId, count: u32, to_user_id: Option<UserId>) -> Call<()> {
        let live_id = self.room.live_id().clone();
        self.room.command(SendGift { live_id, gift_id, count, to_user_id })
    }
}
