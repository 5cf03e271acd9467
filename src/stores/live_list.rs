//! The lobby: public lives, page by page, and our own live.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use duelcast_protocol::{
    CreateLive, EndLive, FetchLiveInfo, FetchLiveList, LiveCard, LiveId, LiveListPage, LiveSummary, SeatMode,
    UpdateLiveInfo, limits,
};
use futures::{TryFutureExt, future::ready};
use leptos::{prelude::*, reactive::graph::Source};
use send_wrapper::SendWrapper;

use super::{
    cards::{append_cards, refresh_cards},
    client::Client,
    live::LiveStore,
};
use crate::signaling::{Call, CallError, Signaling};
use crate::stores::signal::SetIfChanged;

/// State of `LiveListStore`.
#[derive(Debug, Default)]
pub struct LiveListState {
    /// Newest first.
    pub lives: ArcRwSignal<Vec<LiveCard>>,
    /// Opaque; empty at the end of the list.
    pub cursor: ArcRwSignal<String>,
    pub has_more: ArcRwSignal<bool>,
    pub is_loading: ArcRwSignal<bool>,
    pub error: ArcRwSignal<Option<CallError>>,
    /// The live that this page started, until it ends.
    pub current_live: ArcRwSignal<Option<LiveId>>,
}

impl LiveListState {
    /// See [`Client::clear_subscribers`].
    pub(crate) fn clear_subscribers(&self) {
        self.lives.clear_subscribers();
        self.cursor.clear_subscribers();
        self.has_more.clear_subscribers();
        self.is_loading.clear_subscribers();
        self.error.clear_subscribers();
        self.current_live.clear_subscribers();
    }
}

/// Settings of a new live.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLive {
    pub live_name: String,
    pub cover_url: String,
    pub notice: String,
    pub is_public_visible: bool,
    pub max_seat_count: u16,
    pub seat_mode: SeatMode,
}

impl NewLive {
    /// A public live with eight free seats.
    #[must_use]
    pub fn named(live_name: impl Into<String>) -> Self {
        Self {
            live_name: live_name.into(),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: true,
            max_seat_count: limits::DEFAULT_SEATS_PER_LIVE,
            seat_mode: SeatMode::Free,
        }
    }
}

/// The list of lives. There is one per client.
#[derive(Clone)]
pub struct LiveListStore {
    pub state: Arc<LiveListState>,
    signaling: SendWrapper<Signaling>,
    /// Keeps the live that this page started joined, independent of the current page.
    own: SendWrapper<Rc<RefCell<Option<LiveStore>>>>,
}

/// Errors of all methods: the server's refusal, or a transport error.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl LiveListStore {
    #[must_use]
    pub fn shared() -> Self {
        Client::current().live_list()
    }

    pub(crate) fn new(signaling: Signaling) -> Self {
        Self {
            state: Arc::default(),
            signaling: SendWrapper::new(signaling),
            own: SendWrapper::new(Rc::default()),
        }
    }

    /// Fetches one page; an empty cursor fetches the first.
    pub fn fetch_live_list(&self, cursor: String, count: u32) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            if store.state.is_loading.get_untracked() {
                return Ok(());
            }
            store.state.is_loading.set_if_changed(true);
            let is_first_page = cursor.is_empty();
            let page = store.signaling.call(FetchLiveList { cursor, count }).await;
            store.state.is_loading.set_if_changed(false);
            store.state.error.set_if_changed(page.as_ref().err().cloned());
            store.take_page(page?, is_first_page);
            Ok(())
        })
    }

    fn take_page(&self, page: LiveListPage, is_first_page: bool) {
        let mut lives = if is_first_page { Vec::new() } else { self.state.lives.get_untracked() };
        append_cards(&mut lives, page.lives);
        self.state.lives.set_if_changed(lives);
        self.state.has_more.set_if_changed(!page.cursor.is_empty());
        self.state.cursor.set_if_changed(page.cursor);
    }

    /// Fetches the next page, if there is one.
    pub fn load_more(&self) -> Call<()> {
        if self.state.has_more.get_untracked() {
            self.fetch_live_list(self.state.cursor.get_untracked(), limits::DEFAULT_LIST_COUNT)
        } else {
            Box::pin(ready(Ok(())))
        }
    }

    /// Fetches the list from the beginning.
    pub fn refresh(&self) -> Call<()> {
        self.fetch_live_list(String::new(), limits::DEFAULT_LIST_COUNT)
    }

    /// Refreshes the first page without a loading state; later pages stay.
    pub fn poll(&self) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            if store.state.is_loading.get_untracked() {
                return Ok(());
            }
            let shown = store.state.lives.with_untracked(Vec::len);
            let count = u32::try_from(shown).unwrap_or(u32::MAX);
            let count = count.clamp(limits::DEFAULT_LIST_COUNT, limits::MAX_LIST_COUNT);
            let page = store.signaling.call(FetchLiveList { cursor: String::new(), count }).await;
            if store.state.is_loading.get_untracked() {
                return Ok(());
            }
            store.state.error.set_if_changed(page.as_ref().err().cloned());
            let LiveListPage { lives: fresh, cursor } = page?;
            let mut lives = store.state.lives.get_untracked();
            if refresh_cards(&mut lives, fresh, cursor.is_empty()) {
                store.state.has_more.set_if_changed(!cursor.is_empty());
                store.state.cursor.set_if_changed(cursor);
            }
            store.state.lives.set_if_changed(lives);
            Ok(())
        })
    }

    pub fn fetch_live_info(&self, live_id: LiveId) -> Call<LiveCard> {
        self.signaling.call(FetchLiveInfo { live_id })
    }

    /// Starts a live of our own and joins it.
    pub fn create_live(&self, live: NewLive) -> Call<LiveStore> {
        let store = self.clone();
        Box::pin(async move {
            let NewLive { live_name, cover_url, notice, is_public_visible, max_seat_count, seat_mode } = live;
            let params = CreateLive {
                live_id: None,
                live_name,
                cover_url,
                notice,
                is_public_visible,
                max_seat_count,
                seat_mode,
            };
            let live = Client::current().create_live(params).await?;
            store.state.current_live.set_if_changed(Some(live.live_id().clone()));
            store.own.replace(Some(live.clone()));
            Ok(live)
        })
    }

    pub fn update_live_info(&self, changes: UpdateLiveInfo) -> Call<()> {
        Box::pin(self.signaling.call(changes).map_ok(drop))
    }

    pub fn end_live(&self, live_id: LiveId) -> Call<LiveSummary> {
        self.signaling.call(EndLive { live_id })
    }

    /// Drops the handle of a live that is over.
    pub(crate) fn forget(&self, live_id: &LiveId) {
        if self.state.current_live.get_untracked().as_ref() == Some(live_id) {
            self.state.current_live.set_if_changed(None);
            self.own.replace(None);
        }
    }
}
