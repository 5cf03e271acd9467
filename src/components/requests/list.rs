//! The open requests over the stage.

use leptos::prelude::*;

use super::{
    battle::{BattleInbox, BattleSent},
    cohost::{CoHostInbox, CoHostSent},
    seat::{SeatApplications, SeatInvitations},
};

/// Floats over the stage; empty most of the time.
#[component]
pub fn RequestList() -> impl IntoView {
    view! {
        <ul class="requests" aria-live="polite" aria-label="Requests">
            <BattleInbox />
            <CoHostInbox />
            <BattleSent />
            <CoHostSent />
            <SeatInvitations />
            <SeatApplications />
        </ul>
    }
}
