//! The seats on the stage: one live, two lives side by side, or one card per live.

use duelcast_protocol::LayoutTemplate;
use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::{
    card::RoomCards,
    place::{MoreSeats, SeatPlace},
};
use crate::{
    components::room::{StageRoom, use_room},
    i18n::words,
    layout::{Slot, duel_board, duel_shown, is_duel, solo_board},
};

/// Selects the layout by the number of lives and the connection's template, independent of the
/// users on the seats.
#[component]
pub fn SeatBoard() -> impl IntoView {
    let room = use_room();
    let template = room.co_host.state.layout_template.clone();
    let stage = Memo::new(move |_| (template.get(), room.stage_rooms()));
    move || {
        let (template, rooms) = stage.get();
        board(template, rooms)
    }
}

fn board(template: LayoutTemplate, rooms: Vec<StageRoom>) -> impl IntoView {
    match <[StageRoom; 2]>::try_from(rooms) {
        Ok([own, other]) if is_duel(template) => EitherOf3::A(view! { <DuelBoard own other /> }),
        Ok(rooms) => EitherOf3::B(view! { <RoomCards template rooms=rooms.into() /> }),
        Err(rooms) if rooms.len() > 2 => EitherOf3::B(view! { <RoomCards template rooms /> }),
        Err(rooms) => EitherOf3::C(rooms.into_iter().next().map(|room| view! { <SoloBoard room /> })),
    }
}

#[component]
fn SoloBoard(room: StageRoom) -> impl IntoView {
    let board = solo_board(room.seat_count);
    view! {
        <div class="board solo" part="seats" role="group" aria-label=words::seats() style=("--columns", board.columns.to_string())>
            {cells(&room, room.seat_count, &board.slots)}
        </div>
    }
}

#[component]
fn DuelBoard(own: StageRoom, other: StageRoom) -> impl IntoView {
    let board = duel_board(own.seat_count, other.seat_count);
    let [own_shown, other_shown] = [&own, &other].map(|room| duel_shown(room.seat_count));
    let (own_slots, other_slots) = board.slots.split_at(usize::from(own_shown));
    view! {
        <div class="board duel" part="seats" role="group" aria-label=words::seats() style=("--columns", board.columns.to_string())>
            {cells(&own, own_shown, own_slots)}
            {cells(&other, other_shown, other_slots)}
        </div>
        <div class="board-more">
            <MoreSeats live_id=own.live_id shown=own_shown seat_count=own.seat_count is_wordy=true />
            <MoreSeats live_id=other.live_id shown=other_shown seat_count=other.seat_count is_wordy=true />
        </div>
    }
}

fn cells(room: &StageRoom, shown: u16, slots: &[Slot]) -> impl IntoView + use<> {
    let cell = |(index, slot): (u16, &Slot)| {
        view! {
            <div
                class="cell"
                style=("--column", (slot.column + 1).to_string())
                style=("--row", (slot.row + 1).to_string())
            >
                <SeatPlace live_id=room.live_id.clone() index />
            </div>
        }
    };
    (0..shown).zip(slots).map(cell).collect_view()
}
