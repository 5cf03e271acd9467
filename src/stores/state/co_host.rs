//! The co-host connection, and the owner's invitations.

use duelcast_protocol::{
    CoHostInvitation, CoHostLive, CoHostStatus, LayoutTemplate, LiveCard, LiveId, LiveSnapshot,
};
use leptos::prelude::*;

use crate::{signaling::CallError, stores::signal::SetIfChanged};

/// State of `CoHostStore`.
#[derive(Debug, Default)]
pub struct CoHostStoreState {
    pub status: ArcRwSignal<CoHostStatus>,
    pub layout_template: ArcRwSignal<LayoutTemplate>,
    /// All lives of the connection in order of joining, including this one; empty if there is no
    /// connection.
    pub connected: ArcRwSignal<Vec<CoHostLive>>,
    /// Outgoing invitations; for the owner only.
    pub invitees: ArcRwSignal<Vec<CoHostInvitation>>,
    /// Incoming invitations; for the owner only.
    pub applicants: ArcRwSignal<Vec<CoHostInvitation>>,
    /// Other lives that are muted for the audience of this one.
    pub muted_live_ids: ArcRwSignal<Vec<LiveId>>,
    /// Lives that can be invited, as far as fetched.
    pub candidates: ArcRwSignal<Vec<LiveCard>>,
    /// Whether there are more candidates to fetch.
    pub has_more_candidates: ArcRwSignal<bool>,
    pub is_loading_candidates: ArcRwSignal<bool>,
    pub candidates_error: ArcRwSignal<Option<CallError>>,
}

impl CoHostStoreState {
    pub(crate) fn sync(&self, snapshot: &LiveSnapshot) {
        self.status.set_if_changed(snapshot.co_host.status);
        self.layout_template.set_if_changed(snapshot.co_host.layout_template);
        self.connected.clone_if_changed(&snapshot.co_host.connected);
        self.muted_live_ids.clone_if_changed(&snapshot.co_host.muted_live_ids);
        self.invitees.clone_if_changed(&snapshot.private.invitees);
        self.applicants.clone_if_changed(&snapshot.private.applicants);
    }
}
