//! Battle requests: incoming ones, and the outgoing one.

use duelcast_protocol::{BattleAnswer, BattleRequest, RejectReason};
use leptos::prelude::*;

use super::row::{Answers, Cancel, RequestRow, RowHooks};
use crate::{
    app::use_app,
    components::{countdown::use_countdown, room::use_room},
    format::{display_name, grouped, length, list},
    i18n::words,
};

/// Requests that wait for our answer.
#[component]
pub fn BattleInbox() -> impl IntoView {
    let room = use_room();
    let received = room.battle.state.requests_received.clone();
    let waiting = move || -> Vec<BattleRequest> {
        let own = &room.live_id;
        let is_open = |request: &BattleRequest| {
            request
                .invitees
                .iter()
                .any(|invitee| invitee.live_id == *own && invitee.answer == BattleAnswer::Waiting)
        };
        received.get().into_iter().filter(is_open).collect()
    };
    view! {
        <For each=waiting key=|request| request.battle_id.clone() let:request>
            <Incoming request />
        </For>
    }
}

/// The request that we sent.
#[component]
pub fn BattleSent() -> impl IntoView {
    let sent = use_room().battle.state.request_sent.clone();
    move || sent.get().map(|request| view! { <Outgoing request /> })
}

#[component]
fn Incoming(request: BattleRequest) -> impl IntoView {
    const HOOKS: RowHooks = RowHooks { row: "pk-incoming", countdown: "pk-incoming-countdown" };
    let (app, room) = (use_app(), use_room());
    let seconds = use_countdown(request.expires_at, request.expires_at - request.created_at);
    let detail = words::wants_a_battle(&length(request.config.duration_ms / 1_000));
    let (store, battle_id) = (room.battle.clone(), request.battle_id.clone());
    let on_accept = Callback::new(move |()| {
        let (store, battle_id) = (store.clone(), battle_id.clone());
        app.attempt(store.accept_battle(battle_id));
    });
    let (store, battle_id) = (room.battle.clone(), request.battle_id.clone());
    let reject = Callback::new(move |reason: RejectReason| {
        let (store, battle_id) = (store.clone(), battle_id.clone());
        app.attempt(store.reject_battle(battle_id, reason));
    });
    let on_decline = Callback::new(move |()| reject.run(RejectReason::Declined));
    let busy = ("pk-busy", Callback::new(move |()| reject.run(RejectReason::Busy)));
    let title = display_name(&request.inviter);
    view! {
        <RequestRow user=request.inviter title detail live_id=request.inviter_live_id.to_string() seconds hooks=HOOKS>
            <Answers accept_hook="pk-accept" decline_hook="pk-decline" on_accept on_decline busy />
        </RequestRow>
    }
}

#[component]
fn Outgoing(request: BattleRequest) -> impl IntoView {
    const HOOKS: RowHooks = RowHooks { row: "pk-outgoing", countdown: "pk-outgoing-countdown" };
    let (app, room) = (use_app(), use_room());
    let seconds = use_countdown(request.expires_at, request.expires_at - request.created_at);
    let accepted = request.invitees.iter().filter(|invitee| invitee.answer == BattleAnswer::Accepted).count();
    let detail = words::accepted_of(&grouped(accepted as u64), &grouped(request.invitees.len() as u64));
    let names: Vec<_> = request.invitees.iter().map(|invitee| display_name(&invitee.user)).collect();
    let title = words::battle_with(&list(&names));
    let on_cancel = Callback::new(move |()| {
        let (store, battle_id) = (room.battle.clone(), request.battle_id.clone());
        app.attempt(store.cancel_battle_request(battle_id, None));
    });
    view! {
        <RequestRow user=request.inviter title detail live_id=request.inviter_live_id.to_string() seconds hooks=HOOKS>
            <Cancel hook="pk-cancel" on_cancel />
        </RequestRow>
    }
}
