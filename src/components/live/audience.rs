//! The people in a live: those on seats first, then the rest of the audience.

use duelcast_protocol::{SeatInfo, UserInfo};
use leptos::prelude::*;

use super::bans::BansLink;
use crate::{
    app::use_app,
    components::{
        avatar::Avatar,
        language::LanguagePicker,
        room::{Panel, RoomContext, use_room},
        sheet::Sheet,
    },
    format::{display_name, seat_number},
    i18n::words,
};

fn seated(room: &RoomContext) -> Vec<(UserInfo, SeatInfo)> {
    let seats = &room.seats.state;
    let mut seated = Vec::new();
    for key in seats.keys.get() {
        if key.live_id == room.live_id
            && let Some(seat) = seats.seat(&key).get()
            && let Some(on_seat) = &seat.user
        {
            seated.push((on_seat.user.clone(), seat));
        }
    }
    seated
}

/// The audience without the users on seats.
fn standing(users: &[UserInfo], seated: &[(UserInfo, SeatInfo)]) -> Vec<UserInfo> {
    let is_seated = |user: &UserInfo| seated.iter().any(|(other, _)| other.user_id == user.user_id);
    users.iter().filter(|user| !is_seated(user)).cloned().collect()
}

fn role(room: &RoomContext, user: &UserInfo, seat: &SeatInfo) -> String {
    if room.owner_of(&room.live_id).as_ref() == Some(&user.user_id) {
        words::streamer()
    } else {
        words::seat_number(&seat_number(seat.index))
    }
}

/// A row; pressing it opens the user's profile.
#[component]
pub fn AudienceSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let viewer_count = room.audience.state.viewer_count.clone();
    let (users, has_more) = (room.audience.state.users.clone(), room.audience.state.has_more.clone());
    let fetch = room.audience.clone();
    app.attempt_quietly(fetch.fetch_audience_list());
    let more = Callback::new({
        let audience = room.audience.clone();
        move |()| {
            let audience = audience.clone();
            app.attempt(audience.load_more());
        }
    });
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
                    <Person role=role(&room, &person.0, &person.1) user=person.0 />
                </For>
            </ul>
            <h3>{words::audience()}</h3>
            <ul class="rows" data-testid="audience-users">
                <For each=move || standing(&users.get(), &people.get()) key=|user| user.user_id.clone() let:user>
                    <Person user />
                </For>
            </ul>
            <Show when=move || has_more.get()>
                <button class="button small" type="button" on:click=move |_| more.run(())>
                    {words::show_more()}
                </button>
            </Show>
            <BansLink />
            <div class="switch narrow-only">
                <span aria-hidden="true">{words::language()}</span>
                <LanguagePicker />
            </div>
        </Sheet>
    }
}

#[component]
fn Person(user: UserInfo, #[prop(optional)] role: String) -> impl IntoView {
    let room = use_room();
    let name = display_name(&user);
    let face = user.clone();
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
