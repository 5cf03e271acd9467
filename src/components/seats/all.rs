//! All seats of one live, for when the stage has no room for them.

use duelcast_protocol::LiveId;
use leptos::prelude::*;

use super::place::SeatPlace;
use crate::components::{room::use_room, sheet::Sheet};

/// All seats, by index.
#[component]
pub fn AllSeatsSheet(live_id: LiveId) -> impl IntoView {
    let room = use_room();
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let found = room.stage_rooms().into_iter().find(|room| room.live_id == live_id);
    let (title, seat_count) = found.map_or_else(Default::default, |room| (room.name, room.seat_count));
    view! {
        <Sheet title on_close>
            <div class="seat-list">
                {(0..seat_count).map(|index| view! { <SeatPlace live_id=live_id.clone() index /> }).collect_view()}
            </div>
        </Sheet>
    }
}
