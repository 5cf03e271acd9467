//! The gift sheet, connected to the stores.

use duelcast_protocol::UserInfo;
use futures::future::join;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{
    app::use_app,
    components::{
        gifts::{GiftProgress, GiftSheet, PickedGift},
        room::{RoomContext, use_room},
    },
    signaling::CallError,
};

const MAX_RECEIVERS: usize = 24;
/// The button takes no press for so long, however quick the answer is: a double click is one gift.
const SENDING_AT_LEAST_MS: u32 = 700;
/// How long the sheet says what was sent.
const SENT_FOR_MS: u32 = 3_000;

/// Whoever was chosen first, then the owner of this live, the others' and who is on a seat.
fn receivers(room: &RoomContext, first: Option<UserInfo>) -> Vec<UserInfo> {
    let mut users: Vec<UserInfo> = first.into_iter().collect();
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

/// Fetches the catalogue when it first opens. `to` is picked, if the sheet was opened for somebody.
#[component]
pub fn Gifts(to: Option<UserInfo>) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    app.attempt(fetch_once(room.clone()));
    let gifts = room.gifts.state.catalogue.clone();
    let receivers = untrack(|| receivers(&room, to.clone()));
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let progress = RwSignal::new(GiftProgress::Idle);
    let on_send = Callback::new(move |picked: PickedGift| {
        progress.set(GiftProgress::Sending);
        let gift_id = picked.gift.gift_id.clone();
        let sent = room.gifts.send_gift(gift_id, picked.count, Some(picked.to.user_id.clone()));
        spawn_local(async move {
            let (sent, ()) = join(sent, TimeoutFuture::new(SENDING_AT_LEAST_MS)).await;
            if let Err(error) = sent {
                app.toasts().fail(&error);
                progress.try_set(GiftProgress::Idle);
                return;
            }
            let shown = GiftProgress::Sent(picked);
            progress.try_set(shown.clone());
            TimeoutFuture::new(SENT_FOR_MS).await;
            if progress.try_with_untracked(|now| *now == shown) == Some(true) {
                progress.try_set(GiftProgress::Idle);
            }
        });
    });
    view! { <GiftSheet gifts=gifts.clone() receivers for_whom=to progress on_send on_close /> }
}
