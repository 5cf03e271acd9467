//! Several lives: one card each, with seats, score and rank.

use duelcast_protocol::{BattlePhase, LayoutTemplate};
use leptos::prelude::*;

use super::place::{MoreSeats, SeatPlace};
use crate::{
    components::{
        pk::{ranks, rolling::Rolling},
        room::{StageRoom, use_room},
    },
    format::{compact, decimal, grouped},
    layout::{Arrangement, RoomArea, arrange},
};

/// The cards at the positions of the template, ours first.
#[component]
pub fn RoomCards(template: LayoutTemplate, rooms: Vec<StageRoom>) -> impl IntoView {
    let seat_counts: Vec<u16> = rooms.iter().map(|room| room.seat_count).collect();
    let Arrangement { aspect, areas } = arrange(template, &seat_counts);
    let cards = rooms.into_iter().zip(areas).enumerate();
    view! {
        <div class="rooms" part="seats" style=("--aspect", decimal(aspect, 4))>
            {cards.map(|(tint, (room, area))| view! { <RoomCard room area tint /> }).collect_view()}
        </div>
    }
}

#[component]
fn RoomCard(room: StageRoom, area: RoomArea, tint: usize) -> impl IntoView {
    let RoomArea { rect, seat_columns, shown } = area;
    let live_id = room.live_id.clone();
    let percent = |fraction: f64| format!("{}%", decimal(fraction * 100.0, 3));
    view! {
        <section
            class=format!("room-card tint-{tint}")
            part="room-card"
            aria-label=room.name.clone()
            style=("left", percent(rect.x))
            style=("top", percent(rect.y))
            style=("width", percent(rect.width))
            style=("height", percent(rect.height))
        >
            <CardHead room=room.clone() shown />
            <div class="seats" style=("--columns", seat_columns.to_string())>
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
    let text = Signal::derive(move || compact(score.get()));
    let id = live_id.clone();
    let rank = Memo::new(move |_| {
        let is_on = battle.phase.get().is_some_and(|phase| phase != BattlePhase::Ended);
        is_on.then(|| ranks::rank_of(&battle, &id)).flatten()
    });
    let is_ranked = move || rank.with(Option::is_some);
    let rank_text = Signal::derive(move || rank.get().map_or_else(String::new, |rank| grouped(rank as u64)));
    view! {
        <div class="card-head">
            <Show when=is_ranked>
                <span class="rank" class:first=move || rank.get() == Some(1) data-testid="rank">
                    <Rolling text=rank_text />
                </span>
            </Show>
            <span class="ellipsis">{name}</span>
            <Show when=is_ranked>
                <span class="card-score">
                    <Rolling text />
                </span>
            </Show>
            <MoreSeats live_id shown seat_count />
        </div>
    }
}
