//! Co-host invitations, incoming and outgoing.

use duelcast_protocol::{CoHostInvitation, RejectReason};
use leptos::prelude::*;

use super::row::{Answers, Cancel, RequestRow, RowHooks};
use crate::{
    app::use_app,
    components::{countdown::use_countdown, room::use_room},
    format::{display_name, length},
    i18n::words,
};

/// Invitations from other streamers.
#[component]
pub fn CoHostInbox() -> impl IntoView {
    let applicants = use_room().co_host.state.applicants.clone();
    view! {
        <For
            each=move || applicants.get()
            key=|invitation| (invitation.from.live_id.clone(), invitation.created_at)
            let:invitation
        >
            <Incoming invitation />
        </For>
    }
}

/// Invitations to other streamers.
#[component]
pub fn CoHostSent() -> impl IntoView {
    let invitees = use_room().co_host.state.invitees.clone();
    view! {
        <For
            each=move || invitees.get()
            key=|invitation| (invitation.to.live_id.clone(), invitation.created_at)
            let:invitation
        >
            <Outgoing invitation />
        </For>
    }
}

fn purpose(invitation: &CoHostInvitation) -> String {
    match &invitation.battle {
        Some(config) => words::pk_of_length(&length(config.duration_ms / 1_000)),
        None => words::co_host(),
    }
}

#[component]
fn Incoming(invitation: CoHostInvitation) -> impl IntoView {
    const HOOKS: RowHooks = RowHooks { row: "incoming", countdown: "incoming-countdown" };
    let (app, room) = (use_app(), use_room());
    let seconds = use_countdown(invitation.expires_at, invitation.expires_at - invitation.created_at);
    let detail = words::invites_you(&purpose(&invitation));
    let from = invitation.from;
    let (store, live_id) = (room.co_host.clone(), from.live_id.clone());
    let on_accept = Callback::new(move |()| {
        let (store, live_id) = (store.clone(), live_id.clone());
        app.attempt(store.accept_host_connection(live_id));
    });
    let (store, live_id) = (room.co_host.clone(), from.live_id.clone());
    let reject = Callback::new(move |reason: RejectReason| {
        let (store, live_id) = (store.clone(), live_id.clone());
        app.attempt(store.reject_host_connection(live_id, reason));
    });
    let on_decline = Callback::new(move |()| reject.run(RejectReason::Declined));
    let busy = ("incoming-busy", Callback::new(move |()| reject.run(RejectReason::Busy)));
    view! {
        <RequestRow user=from.owner.clone() title=display_name(&from.owner) detail live_id=from.live_id.to_string() seconds hooks=HOOKS>
            <Answers accept_hook="incoming-accept" decline_hook="incoming-decline" on_accept on_decline busy />
        </RequestRow>
    }
}

#[component]
fn Outgoing(invitation: CoHostInvitation) -> impl IntoView {
    const HOOKS: RowHooks = RowHooks { row: "outgoing", countdown: "outgoing-countdown" };
    let (app, room) = (use_app(), use_room());
    let seconds = use_countdown(invitation.expires_at, invitation.expires_at - invitation.created_at);
    let detail = words::waiting_for_answer(&purpose(&invitation));
    let to = invitation.to;
    let (store, live_id) = (room.co_host.clone(), to.live_id.clone());
    let on_cancel = Callback::new(move |()| {
        let (store, live_id) = (store.clone(), live_id.clone());
        app.attempt(store.cancel_host_connection(live_id));
    });
    view! {
        <RequestRow user=to.owner.clone() title=display_name(&to.owner) detail live_id=to.live_id.to_string() seconds hooks=HOOKS>
            <Cancel hook="outgoing-cancel" on_cancel />
        </RequestRow>
    }
}
