//! The connection that the live is in, and the owner's invitations.

use duelcast_protocol::{
    CoHostInvitation, CoHostLive, CoHostStatus, LayoutTemplate, LiveCard, LiveId, LiveSnapshot,
};

use crate::{reactive::Field, signaling::CallError};

/// State of `CoHostStore`.
#[derive(Debug, Default)]
pub struct CoHostStoreState {
    pub status: Field<CoHostStatus>,
    pub layout_template: Field<LayoutTemplate>,
    /// All lives of the connection in order of joining, this one included; empty when there is none.
    pub connected: Field<Vec<CoHostLive>>,
    /// Outgoing invitations; the owner's only.
    pub invitees: Field<Vec<CoHostInvitation>>,
    /// The inbox of invitations; the owner's only.
    pub applicants: Field<Vec<CoHostInvitation>>,
    /// Other lives that nobody in this one hears.
    pub muted_live_ids: Field<Vec<LiveId>>,
    /// Lives that may be invited, as far as they were fetched.
    pub candidates: Field<Vec<LiveCard>>,
    /// Whether there are more candidates to fetch.
    pub has_more_candidates: Field<bool>,
    pub is_loading_candidates: Field<bool>,
    pub candidates_error: Field<Option<CallError>>,
}

impl CoHostStoreState {
    pub(crate) fn sync(&self, snapshot: &LiveSnapshot) {
        self.status.set(snapshot.co_host.status);
        self.layout_template.set(snapshot.co_host.layout_template);
        self.connected.set_from(&snapshot.co_host.connected);
        self.muted_live_ids.set_from(&snapshot.co_host.muted_live_ids);
        self.invitees.set_from(&snapshot.private.invitees);
        self.applicants.set_from(&snapshot.private.applicants);
    }
}
