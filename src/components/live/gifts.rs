//! The gift sheet, connected to the stores.

use duelcast_protocol::UserInfo;
use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{
        gifts::{GiftSheet, PickedGift},
        room::{RoomContext, use_room},
    },
    signaling::CallError,
};

const MAX_RECEIVERS: usize = 24;

fn receivers(room: &RoomContext) -> Vec<UserInfo> {
    let mut users: Vec<UserInfo> = Vec::new();
    let mut add = |user: &UserInfo| {
        if users.len() < MAX_RECEIVERS && users.iter().all(|other| other.user_id != user.user_id) {
            users.push(user.clone());
        }
    };
    room.live.state.info.with(|info| info.iter().for_each(|info| add(&info.owner)));
    room.others().iter().for_each(|live| add(&live.owner));
    for key in room.seats.state.keys.get() {
        room.seats.state.seat(&key).with(|seat| {
            if let Some(on_seat) = seat.as_ref().and_then(|seat| seat.user.as_ref()) {
                add(&on_seat.user);
            }
        });
    }
    users
}

async fn fetch_once(room: RoomContext) -> Result<(), CallError> {
    if room.gifts.state.catalogue.with_untracked(Vec::is_empty) {
        room.gifts.fetch_catalogue().await
    } else {
        Ok(())
    }
}

/// Fetches the catalogue when it first opens.
#[component]
pub fn Gifts() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    app.attempt(fetch_once(room.clone()));
    let gifts = room.gifts.state.catalogue.clone();
    let receivers = untrack(|| receivers(&room));
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let on_send = Callback::new(move |picked: PickedGift| {
        let store = room.gifts.clone();
        app.attempt(store.send_gift(picked.gift_id, picked.count, Some(picked.to_user_id)));
    });
    view! { <GiftSheet gifts=gifts.clone() receivers on_send on_close /> }
}
