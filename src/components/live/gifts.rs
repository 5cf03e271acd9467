//! The gift sheet, wired to the stores.

use crate::dom::prelude::*;
use duelcast_protocol::UserInfo;

use crate::{
    app::use_app,
    components::{
        gifts::{GiftSheet, PickedGift},
        room::{Room, use_room},
    },
    signaling::CallError,
};

const MAX_RECEIVERS: usize = 24;

fn receivers(room: &Room) -> Vec<UserInfo> {
    let own = room.live.state.info.get().map(|info| info.owner);
    let others = room.others().into_iter().map(|live| live.owner);
    let seats = room.seats.state.keys.get();
    let seated = seats.iter().filter_map(|key| Some(room.seats.state.seat(key).get()?.user?.user));
    let mut users: Vec<UserInfo> = Vec::new();
    for user in own.into_iter().chain(others).chain(seated) {
        if users.len() < MAX_RECEIVERS && users.iter().all(|other| other.user_id != user.user_id) {
            users.push(user);
        }
    }
    users
}

async fn fetch_once(room: Room) -> Result<(), CallError> {
    if room.gifts.state.catalogue.with_untracked(Vec::is_empty) {
        room.gifts.fetch_catalogue().await
    } else {
        Ok(())
    }
}

/// Fetches the catalogue when it opens for the first time.
#[component]
pub fn Gifts() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    app.attempt(fetch_once(room.clone()));
    let gifts = room.gifts.state.catalogue.clone();
    let receivers = untrack(|| receivers(&room));
    let on_close = callback({
        let room = room.clone();
        move |()| room.close()
    });
    let on_send = callback(move |picked: PickedGift| {
        let store = room.gifts.clone();
        app.attempt(store.send_gift(picked.gift_id, picked.count, Some(picked.to_user_id)));
    });
    view! { <GiftSheet gifts=gifts.clone() receivers on_send on_close /> }
}
