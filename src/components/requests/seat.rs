//! Seat applications and invitations, incoming and outgoing.

use duelcast_protocol::{SeatApplication, SeatInvitation};
use leptos::prelude::*;

use super::row::{Answers, Cancel, RequestRow, RowHooks};
use crate::{
    app::use_app,
    components::{countdown::use_countdown, room::use_room},
    format::{display_name, seat_number},
    i18n::words,
};

/// All applications for the owner, else our own.
#[component]
pub fn SeatApplications() -> impl IntoView {
    let applications = use_room().seats.state.applications.clone();
    view! {
        <For
            each=move || applications.get()
            key=|application| (application.user.user_id.clone(), application.created_at)
            let:application
        >
            <Application application />
        </For>
    }
}

/// All invitations for the owner, else our own.
#[component]
pub fn SeatInvitations() -> impl IntoView {
    let invitations = use_room().seats.state.invitations.clone();
    view! {
        <For
            each=move || invitations.get()
            key=|invitation| (invitation.user.user_id.clone(), invitation.created_at)
            let:invitation
        >
            <Invitation invitation />
        </For>
    }
}

/// The text for the seat with this index, or for any seat if `None`.
fn about_seat(index: Option<u16>, one: fn(&str) -> String, any: fn() -> String) -> String {
    index.map_or_else(any, |index| one(&seat_number(index)))
}

#[component]
fn Application(application: SeatApplication) -> impl IntoView {
    const HOOKS: RowHooks = RowHooks { row: "seat-application", countdown: "seat-application-countdown" };
    let (app, room) = (use_app(), use_room());
    let seconds = use_countdown(application.expires_at, application.expires_at - application.created_at);
    let is_mine = app.me().as_ref() == Some(&application.user.user_id);
    let detail = about_seat(application.index, words::asks_for_seat, words::asks_for_any_seat);
    let (user, seats) = (application.user, room.seats.clone());
    let user_id = user.user_id.clone();
    let live_id = room.live_id.to_string();
    let on_accept = Callback::new({
        let (seats, user_id) = (seats.clone(), user_id.clone());
        move |()| {
            let (seats, user_id) = (seats.clone(), user_id.clone());
            app.attempt(seats.accept_application(user_id));
        }
    });
    let on_decline = Callback::new(move |()| {
        let (seats, user_id) = (seats.clone(), user_id.clone());
        app.attempt(if is_mine { seats.cancel_application() } else { seats.reject_application(user_id) });
    });
    let title = display_name(&user);
    view! {
        <RequestRow user title detail live_id seconds hooks=HOOKS>
            {if is_mine {
                view! { <Cancel hook="seat-application-cancel" on_cancel=on_decline /> }.into_any()
            } else {
                view! {
                    <Answers accept_hook="seat-application-accept" decline_hook="seat-application-decline" on_accept on_decline />
                }
                    .into_any()
            }}
        </RequestRow>
    }
}

#[component]
fn Invitation(invitation: SeatInvitation) -> impl IntoView {
    const HOOKS: RowHooks = RowHooks { row: "seat-invitation", countdown: "seat-invitation-countdown" };
    let (app, room) = (use_app(), use_room());
    let seconds = use_countdown(invitation.expires_at, invitation.expires_at - invitation.created_at);
    let is_mine = app.me().as_ref() == Some(&invitation.user.user_id);
    let shown = if is_mine { invitation.inviter.clone() } else { invitation.user.clone() };
    let detail = if is_mine {
        about_seat(invitation.index, words::offers_you_seat, words::offers_you_any_seat)
    } else {
        about_seat(invitation.index, words::is_offered_seat, words::is_offered_any_seat)
    };
    let (user_id, seats) = (invitation.user.user_id, room.seats.clone());
    let live_id = room.live_id.to_string();
    let on_accept = Callback::new({
        let seats = seats.clone();
        move |()| {
            let seats = seats.clone();
            app.attempt(seats.accept_invitation());
        }
    });
    let on_decline = Callback::new(move |()| {
        let (seats, user_id) = (seats.clone(), user_id.clone());
        app.attempt(if is_mine { seats.reject_invitation() } else { seats.cancel_invitation(user_id) });
    });
    let title = display_name(&shown);
    view! {
        <RequestRow user=shown title detail live_id seconds hooks=HOOKS>
            {if is_mine {
                view! {
                    <Answers accept_hook="seat-invitation-accept" decline_hook="seat-invitation-decline" on_accept on_decline />
                }
                    .into_any()
            } else {
                view! { <Cancel hook="seat-invitation-cancel" on_cancel=on_decline /> }.into_any()
            }}
        </RequestRow>
    }
}
