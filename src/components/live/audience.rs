//! Who is here: the people on the seats by name, the others by number.

use duelcast_protocol::{SeatInfo, UserInfo};
use leptos::prelude::*;

use crate::{
    components::{
        avatar::Avatar,
        language::LanguagePicker,
        room::{Panel, Room, use_room},
        sheet::Sheet,
    },
    format::{display_name, seat_number},
    i18n::words,
};

fn seated(room: &Room) -> Vec<(UserInfo, SeatInfo)> {
    let seats = &room.seats.state;
    let here = seats.keys.get().into_iter().filter(|key| key.live_id == room.live_id);
    here.filter_map(|key| {
        let seat = seats.seat(&key).get()?;
        Some((seat.user.as_ref()?.user.clone(), seat))
    })
    .collect()
}

/// A row opens that person's profile.
#[component]
pub fn AudienceSheet() -> impl IntoView {
    let room = use_room();
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let viewer_count = room.audience.state.viewer_count.signal();
    let people = Memo::new({
        let room = room.clone();
        move |_| seated(&room)
    });
    view! {
        <Sheet title=words::who_is_here() on_close>
            <p class="hint" data-testid="audience-count">
                {move || words::watching(u64::from(viewer_count.get()))}
            </p>
            <h3>{words::on_the_seats()}</h3>
            <ul class="rows">
                <For each=move || people.get() key=|(user, seat)| (user.user_id.clone(), seat.index) let:person>
                    <Person user=person.0 index=person.1.index />
                </For>
            </ul>
            <div class="switch narrow-only">
                <span aria-hidden="true">{words::language()}</span>
                <LanguagePicker />
            </div>
        </Sheet>
    }
}

#[component]
fn Person(user: UserInfo, index: u16) -> impl IntoView {
    let room = use_room();
    let name = display_name(&user);
    let face = user.clone();
    let owner = room.owner_of(&room.live_id.clone());
    let role = if owner.as_ref() == Some(&user.user_id) {
        words::streamer()
    } else {
        words::seat_number(&seat_number(index))
    };
    view! {
        <li>
            <button class="row wide" type="button" on:click=move |_| room.open(Panel::User(user.clone()))>
                <Avatar user=face />
                <span class="who">
                    <strong class="ellipsis">{name}</strong>
                    <small>{role}</small>
                </span>
            </button>
        </li>
    }
}
