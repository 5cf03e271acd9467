//! Three to nine rooms: a card each, with its seats, its score and its rank.

use duelcast_protocol::BattlePhase;
use leptos::prelude::*;

use super::place::{MoreSeats, SeatPlace};
use crate::{
    components::{
        pk::ranks,
        room::{StageRoom, use_room},
    },
    format::compact,
    layout::{CardSlot, card_columns, card_seats, room_cards},
};

const MAX_CARD_COLUMNS: u16 = 3;

/// The grid of cards, one's own room first.
#[component]
pub fn RoomCards(rooms: Vec<StageRoom>) -> impl IntoView {
    let count = u16::try_from(rooms.len()).unwrap_or(u16::MAX);
    let slots = room_cards(count);
    let cards = rooms.into_iter().zip(slots).enumerate();
    view! {
        <div class="cards-grid" style=("--columns", card_columns(count).to_string())>
            {cards.map(|(tint, (room, slot))| view! { <RoomCard room place=slot tint count /> }).collect_view()}
        </div>
    }
}

#[component]
fn RoomCard(room: StageRoom, place: CardSlot, tint: usize, count: u16) -> impl IntoView {
    let shown = card_seats(count, place.span, room.seat_count);
    let columns =
        if shown <= 4 && place.span == 1 && count <= 4 { 2 } else { shown.clamp(1, MAX_CARD_COLUMNS) };
    let live_id = room.live_id.clone();
    view! {
        <section
            class=format!("room-card tint-{tint}")
            class:wide=place.span == card_columns(count)
            aria-label=room.name.clone()
            style=("--column", (place.column + 1).to_string())
            style=("--row", (place.row + 1).to_string())
            style=("--span", place.span.to_string())
        >
            <CardHead room=room.clone() shown />
            <div class="seats" style=("--columns", columns.to_string())>
                {(0..shown).map(|index| view! { <SeatPlace live_id=live_id.clone() index /> }).collect_view()}
            </div>
        </section>
    }
}

#[component]
fn CardHead(room: StageRoom, shown: u16) -> impl IntoView {
    let StageRoom { live_id, name, seat_count } = room;
    let battle = use_room().battle.state.clone();
    let score = battle.score(&live_id);
    let id = live_id.clone();
    let rank = Memo::new(move |_| {
        let is_on = battle.phase.get().is_some_and(|phase| phase != BattlePhase::Ended);
        is_on.then(|| ranks::rank_of(&battle, &id)).flatten()
    });
    view! {
        <div class="card-head">
            {move || {
                rank.get().map(|rank| view! { <span class="rank" class:first=rank == 1 data-testid="rank">{rank}</span> })
            }}
            <span class="ellipsis">{name}</span>
            {move || rank.get().map(|_| view! { <span class="card-score">{compact(score.get())}</span> })}
            <MoreSeats live_id shown seat_count />
        </div>
    }
}
