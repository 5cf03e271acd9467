//! The open requests over the stage.

use leptos::prelude::*;

use super::{
    battle::{BattleInbox, BattleSent},
    cohost::{CoHostInbox, CoHostSent},
    quiet::QuietAnswers,
    seat::{SeatApplications, SeatInvitations},
};
use crate::{
    components::room::{Panel, use_room},
    i18n::words,
};

/// Floats over the stage; usually empty. While the co-host panel is open, invitations are listed
/// there instead.
#[component]
pub fn RequestList() -> impl IntoView {
    let panel = use_room().panel;
    let is_in_panel = Memo::new(move |_| panel.with(|panel| *panel == Some(Panel::CoHost)));
    view! {
        <QuietAnswers />
        <ul class="requests" aria-live="polite" aria-label=words::requests()>
            <BattleInbox />
            <Show when=move || !is_in_panel.get()>
                <CoHostInbox />
            </Show>
            <BattleSent />
            <Show when=move || !is_in_panel.get()>
                <CoHostSent />
            </Show>
            <SeatInvitations />
            <SeatApplications />
        </ul>
    }
}
