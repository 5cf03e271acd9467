//! Connecting lives.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use duelcast_protocol::{
    AcceptHostConnection, BattleConfig, CancelHostConnection, CoHostCode, DurationMs, EventFrame,
    ExitHostConnection, GetCoHostCandidates, LayoutTemplate, LiveId, LiveListPage, MuteRemoteHostAudio,
    RejectHostConnection, RejectReason, RequestHostConnection, limits,
};
use leptos::prelude::GetUntracked;
use send_wrapper::SendWrapper;

use super::{
    cards::{append_cards, refresh_cards},
    client::Client,
    events::EventStream,
    room::Room,
    state::CoHostStoreState,
    topic::Topic,
};
use crate::signaling::CallError;

/// An invitation to other lives.
#[derive(Debug, Clone, PartialEq)]
pub struct HostConnectionRequest {
    pub target_hosts: Vec<LiveId>,
    pub layout_template: LayoutTemplate,
    pub timeout_ms: DurationMs,
    pub extra_info: String,
    /// Starts as soon as the invitations are settled and at least one was accepted.
    pub battle: Option<BattleConfig>,
}

impl HostConnectionRequest {
    /// With the layout 6v6, ten seconds, and no battle.
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

/// Connecting a live with others.
#[derive(Clone)]
pub struct CoHostStore {
    room: Room,
    pub state: Arc<CoHostStoreState>,
    candidates_cursor: SendWrapper<Rc<RefCell<String>>>,
}

/// All methods fail with what the server refused with, or because there was no answer.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl CoHostStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        let candidates_cursor = SendWrapper::new(Rc::default());
        Self { state: room.state().co_host.clone(), room, candidates_cursor }
    }

    /// Invitations, joining and leaving. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::CoHost)
    }

    fn live_id(&self) -> LiveId {
        self.room.live_id().clone()
    }

    /// Fetches the first page of lives that may be invited into `state.candidates`.
    pub async fn get_co_host_candidates(&self) -> Result<(), CallError> {
        self.candidates_cursor.borrow_mut().clear();
        self.fetch_candidates(true).await
    }

    /// Fetches the next page, if there is one.
    pub async fn load_more_candidates(&self) -> Result<(), CallError> {
        if self.state.has_more_candidates.get_untracked() {
            self.fetch_candidates(false).await
        } else {
            Ok(())
        }
    }

    /// Brings the candidates up to date, quietly: who may not be invited any more goes, later pages stay.
    pub async fn poll_candidates(&self) -> Result<(), CallError> {
        let params = GetCoHostCandidates { live_id: self.live_id(), cursor: String::new() };
        let LiveListPage { lives: fresh, cursor } = self.room.call(params).await?;
        if self.state.is_loading_candidates.get_untracked() {
            return Ok(());
        }
        let mut candidates = self.state.candidates.get_untracked();
        if refresh_cards(&mut candidates, fresh, cursor.is_empty()) {
            self.state.has_more_candidates.set(!cursor.is_empty());
            self.candidates_cursor.replace(cursor);
        }
        self.state.candidates.set(candidates);
        Ok(())
    }

    async fn fetch_candidates(&self, is_first_page: bool) -> Result<(), CallError> {
        if self.state.is_loading_candidates.get_untracked() {
            return Ok(());
        }
        self.state.is_loading_candidates.set(true);
        let cursor = self.candidates_cursor.borrow().clone();
        let page = self.room.call(GetCoHostCandidates { live_id: self.live_id(), cursor }).await;
        self.state.is_loading_candidates.set(false);
        self.state.candidates_error.set(page.as_ref().err().cloned());
        self.take_candidates(page?, is_first_page);
        Ok(())
    }

    fn take_candidates(&self, page: LiveListPage, is_first_page: bool) {
        let mut candidates = if is_first_page { Vec::new() } else { self.state.candidates.get_untracked() };
        append_cards(&mut candidates, page.lives);
        self.state.candidates.set(candidates);
        self.state.has_more_candidates.set(!page.cursor.is_empty());
        self.candidates_cursor.replace(page.cursor);
    }

    /// Invites; answers one code for each target.
    pub async fn request_host_connection(
        &self,
        request: HostConnectionRequest,
    ) -> Result<BTreeMap<LiveId, CoHostCode>, CallError> {
        let HostConnectionRequest { target_hosts, layout_template, timeout_ms, extra_info, battle } = request;
        let live_id = self.live_id();
        let params =
            RequestHostConnection { live_id, target_hosts, layout_template, timeout_ms, extra_info, battle };
        Ok(self.room.call(params).await?.results)
    }

    pub async fn cancel_host_connection(&self, to_host_live_id: LiveId) -> Result<(), CallError> {
        self.room.tell(CancelHostConnection { live_id: self.live_id(), to_host_live_id }).await
    }

    pub async fn accept_host_connection(&self, from_host_live_id: LiveId) -> Result<(), CallError> {
        self.room.tell(AcceptHostConnection { live_id: self.live_id(), from_host_live_id }).await
    }

    pub async fn reject_host_connection(
        &self,
        from_host_live_id: LiveId,
        reason: RejectReason,
    ) -> Result<(), CallError> {
        self.room.tell(RejectHostConnection { live_id: self.live_id(), from_host_live_id, reason }).await
    }

    pub async fn exit_host_connection(&self) -> Result<(), CallError> {
        self.room.tell(ExitHostConnection { live_id: self.live_id() }).await
    }

    /// Mutes another live of the connection for everyone in our own.
    pub async fn mute_remote_host_audio(
        &self,
        target_live_id: LiveId,
        is_muted: bool,
    ) -> Result<(), CallError> {
        self.room.tell(MuteRemoteHostAudio { live_id: self.live_id(), target_live_id, is_muted }).await
    }
}
