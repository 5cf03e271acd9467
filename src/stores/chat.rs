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

    /// `onTextMessage` and `onGift`. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Chat)
    }

    /// Sends a text of at most `MAX_TEXT_CHARS` characters.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer.
    pub fn send_text(&self, text: String) -> Call<()> {
        self.room.tell(SendTextMessage { live_id: self.room.live_id().clone(), text })
    }
}

/// Gifts and what they cost.
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

    /// `onTextMessage` and `onGift`. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Chat)
    }

    /// Fetches the catalogue into `state.catalogue`.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer.
    pub fn fetch_catalogue(&self) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            let catalogue = store.room.call(FetchGiftCatalogue {}).await?;
            store.state.catalogue.set_if_changed(catalogue.gifts);
            Ok(())
        })
    }

    /// Sends a gift to somebody on a seat or an owner of a connected live, else to this live's owner.
    ///
    /// # Errors
    /// What the server refused with, or because there was no answer.
    pub fn send_gift(&self, gift_id: GiftId, count: u32, to_user_id: Option<UserId>) -> Call<()> {
        let live_id = self.room.live_id().clone();
        self.room.tell(SendGift { live_id, gift_id, count, to_user_id })
    }
}
