//! A seat connected to the stores by its key (live, index), so that it keeps its place when users
//! change.

use duelcast_protocol::{LiveId, SeatInfo};
use leptos::prelude::*;

use super::seat::{Seat, Side};
use crate::{
    components::room::{Panel, use_room},
    format::plus,
    i18n::words,
    stores::SeatKey,
};

/// One seat of one live.
#[component]
pub fn SeatPlace(live_id: LiveId, index: u16) -> impl IntoView {
    let room = use_room();
    let key = SeatKey { live_id: live_id.clone(), index };
    let side = if live_id == room.live_id { Side::Ours } else { Side::Theirs };
    let row = room.seats.state.seat(&key);
    let vacant = SeatInfo::vacant(live_id.clone(), index);
    let seat = Memo::new(move |_| row.get().unwrap_or_else(|| vacant.clone()));
    let user_id =
        Memo::new(move |_| seat.with(|seat| seat.user.as_ref().map(|user| user.user.user_id.clone())));
    let seats = room.seats.state.clone();
    let level = Memo::new(move |_| user_id.get().map_or(0, |user_id| seats.volume(&user_id).get()));
    let owner = Memo::new({
        let room = room.clone();
        move |_| room.owner_of(&live_id)
    });
    let is_owner = Memo::new(move |_| user_id.with(|user_id| user_id.is_some() && *user_id == owner.get()));
    let on_press = room
        .has_controls
        .then(|| Callback::new(move |seat: SeatInfo| room.open(Panel::Seat(SeatKey::of(&seat)))));
    view! { <Seat seat level is_owner side on_press /> }
}

/// "+N": the number of users on seats that the layout does not show; opens all seats of that live.
#[component]
pub fn MoreSeats(
    live_id: LiveId,
    shown: u16,
    seat_count: u16,
    /// Whether the label is shown as text, where there is room for it.
    #[prop(optional)]
    is_wordy: bool,
) -> impl IntoView {
    let room = use_room();
    let side = if live_id == room.live_id { "more-seats ours" } else { "more-seats theirs" };
    let hidden: Vec<_> = (shown..seat_count)
        .map(|index| (index, room.seats.state.seat(&SeatKey { live_id: live_id.clone(), index })))
        .collect();
    let taken = Memo::new(move |_| {
        let taken = hidden
            .iter()
            .filter(|(_, row)| row.with(|seat| seat.as_ref().is_some_and(|seat| seat.user.is_some())));
        crate::layout::overflow(taken.map(|(index, _)| *index), shown)
    });
    let is_inert = !room.has_controls;
    let has_controls = room.has_controls && seat_count > shown;
    let open = Callback::new(move |()| room.open(Panel::AllSeats(live_id.clone())));
    view! {
        <Show when=move || has_controls || (taken.get() > 0)>
            <button class=side type="button" aria-label=move || more_label(taken.get(), seat_count) data-testid="more-seats" prop:disabled=is_inert on:click=move |_| open.run(())>
                {move || more_text(taken.get(), seat_count, is_wordy)}
            </button>
        </Show>
    }
}

fn more_text(hidden: usize, seat_count: u16, is_wordy: bool) -> String {
    match (hidden, is_wordy) {
        (0, false) => "…".to_owned(),
        (hidden, false) => plus(hidden as u64),
        (hidden, true) => more_label(hidden, seat_count),
    }
}

/// The accessible label; contains the visible text.
fn more_label(hidden: usize, seat_count: u16) -> String {
    match hidden {
        0 => words::all_seats(u64::from(seat_count)),
        hidden => words::hidden_and_all_seats(u64::from(seat_count), &plus(hidden as u64)),
    }
}
