//! The open sheet, if any.

use leptos::prelude::*;

use super::{audience::AudienceSheet, bans::BansSheet, gifts::Gifts, leave::LeaveSheet, user::UserSheet};
use crate::components::{
    cohost::CoHostSheet,
    pk::BattleSheet,
    room::{Panel, use_room},
    seats::{AllSeatsSheet, SeatSheet},
};

/// Shows at most one sheet.
#[component]
pub fn Panels() -> impl IntoView {
    let panel = use_room().panel;
    move || {
        panel.get().map(|panel| match panel {
            Panel::Gifts => view! { <Gifts /> }.into_any(),
            Panel::CoHost => view! { <CoHostSheet /> }.into_any(),
            Panel::Battle => view! { <BattleSheet /> }.into_any(),
            Panel::Seat(key) => view! { <SeatSheet key /> }.into_any(),
            Panel::AllSeats(live_id) => view! { <AllSeatsSheet live_id /> }.into_any(),
            Panel::Audience => view! { <AudienceSheet /> }.into_any(),
            Panel::Bans => view! { <BansSheet /> }.into_any(),
            Panel::Leave => view! { <LeaveSheet /> }.into_any(),
            Panel::User(user) => view! { <UserSheet user /> }.into_any(),
        })
    }
}
