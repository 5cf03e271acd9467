//! Connecting lives.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use duelcast_protocol::{
    AcceptHostConnection, BattleConfig, CancelHostConnection, CoHostCode, DurationMs, EventFrame,
    ExitHostConnection, GetCoHostCandidates, LayoutTemplate, LiveId, LiveListPage, MuteRemoteHostAudio,
    RejectHostConnection, RejectReason, RequestHostConnection, limits,
};
use futures::{TryFutureExt, future::ready};
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::{
    cards::{append_cards, refresh_cards},
    client::Client,
    events::EventStream,
    room::Room,
    state::CoHostStoreState,
    topic::Topic,
};
use crate::signaling::Call;
use crate::stores::signal::SetIfChanged;

/// An invitation to other lives.
#[derive(Debug, Clone, PartialEq)]
pub struct HostConnectionRequest {
    pub target_hosts: Vec<LiveId>,
    pub layout_template: LayoutTemplate,
    pub timeout_ms: DurationMs,
    pub extra_info: String,
    /// A battle that starts when all invitations are settled and at least one was accepted.
    pub battle: Option<BattleConfig>,
}

impl HostConnectionRequest {
    /// Layout 6v6, timeout ten seconds, no battle.
    #[must_use]
    pub fn to(target_hosts: Vec<LiveId>) -> Self {
        Self {
            target_hosts,
            layout_template: 1,
            timeout_ms: limits::UI_INVITATION_TIMEOUT_MS,
            extra_info: String::new(),
            battle: None,
        }
    }
}

/// The co-host connection of a live.
#[derive(Clone)]
pub struct CoHostStore {
    room: Room,
    pub state: Arc<CoHostStoreState>,
    candidates_cursor: SendWrapper<Rc<RefCell<String>>>,
}

/// Errors of all methods: the server's refusal, or a transport error.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl CoHostStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        let candidates_cursor = SendWrapper::new(Rc::default());
        Self { state: room.state().co_host.clone(), room, candidates_cursor }
    }

    /// Connection events. See [`EventStream`] for the queue bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::CoHost)
    }

    fn live_id(&self) -> LiveId {
        self.room.live_id().clone()
    }

    /// Fetches the first page of lives that can be invited into `state.candidates`.
    pub fn get_co_host_candidates(&self) -> Call<()> {
        self.candidates_cursor.borrow_mut().clear();
        self.fetch_candidates(true)
    }

    /// Fetches the next page, if there is one.
    pub fn load_more_candidates(&self) -> Call<()> {
        if self.state.has_more_candidates.get_untracked() {
            self.fetch_candidates(false)
        } else {
            Box::pin(ready(Ok(())))
        }
    }

    /// Refreshes the candidates without a loading state: removes lives that can no longer be
    /// invited, keeps later pages.
    pub fn poll_candidates(&self) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            let params = GetCoHostCandidates { live_id: store.live_id(), cursor: String::new() };
            let LiveListPage { lives: fresh, cursor } = store.room.call(params).await?;
            if store.state.is_loading_candidates.get_untracked() {
                return Ok(());
            }
            let mut candidates = store.state.candidates.get_untracked();
            if refresh_cards(&mut candidates, fresh, cursor.is_empty()) {
                store.state.has_more_candidates.set_if_changed(!cursor.is_empty());
                store.candidates_cursor.replace(cursor);
            }
            store.state.candidates.set_if_changed(candidates);
            Ok(())
        })
    }

    fn fetch_candidates(&self, is_first_page: bool) -> Call<()> {
        let store = self.clone();
        Box::pin(async move {
            if store.state.is_loading_candidates.get_untracked() {
                return Ok(());
            }
            store.state.is_loading_candidates.set_if_changed(true);
            let cursor = store.candidates_cursor.borrow().clone();
            let page = store.room.call(GetCoHostCandidates { live_id: store.live_id(), cursor }).await;
            store.state.is_loading_candidates.set_if_changed(false);
            store.state.candidates_error.set_if_changed(page.as_ref().err().cloned());
            store.take_candidates(page?, is_first_page);
            Ok(())
        })
    }

    fn take_candidates(&self, page: LiveListPage, is_first_page: bool) {
        let mut candidates = if is_first_page { Vec::new() } else { self.state.candidates.get_untracked() };
        append_cards(&mut candidates, page.lives);
        self.state.candidates.set_if_changed(candidates);
        self.state.has_more_candidates.set_if_changed(!page.cursor.is_empty());
        self.candidates_cursor.replace(page.cursor);
    }

    /// Invites lives; returns one code per target.
    pub fn request_host_connection(
        &self,
        request: HostConnectionRequest,
    ) -> Call<BTreeMap<LiveId, CoHostCode>> {
        let HostConnectionRequest { target_hosts, layout_template, timeout_ms, extra_info, battle } = request;
        let live_id = self.live_id();
        let params =
            RequestHostConnection { live_id, target_hosts, layout_template, timeout_ms, extra_info, battle };
        Box::pin(self.room.call(params).map_ok(|reply| reply.results))
    }

    pub fn cancel_host_connection(&self, to_host_live_id: LiveId) -> Call<()> {
        self.room.command(CancelHostConnection { live_id: self.live_id(), to_host_live_id })
    }

    pub fn accept_host_connection(&self, from_host_live_id: LiveId) -> Call<()> {
        self.room.command(AcceptHostConnection { live_id: self.live_id(), from_host_live_id })
    }

    pub fn reject_host_connection(&self, from_host_live_id: LiveId, reason: RejectReason) -> Call<()> {
        self.room.command(RejectHostConnection { live_id: self.live_id(), from_host_live_id, reason })
    }

    pub fn exit_host_connection(&self) -> Call<()> {
        self.room.command(ExitHostConnection { live_id: self.live_id() })
    }

    /// Mutes another live of the connection for everyone in our live.
    pub fn mute_remote_host_audio(&self, target_live_id: LiveId, is_muted: bool) -> Call<()> {
        self.room.command(MuteRemoteHostAudio { live_id: self.live_id(), target_live_id, is_muted })
    }
}
