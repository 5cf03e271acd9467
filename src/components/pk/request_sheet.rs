//! The sheet for a battle request to connected streamers.

use duelcast_protocol::{CoHostLive, UserId, limits::UI_INVITATION_TIMEOUT_MS};
use leptos::prelude::*;

use super::options::{BattleChoice, BattleOptions};
use crate::{
    app::use_app,
    components::{avatar::Avatar, picks::Picks, room::use_room, sheet::Sheet},
    format::display_name,
    i18n::words,
};

/// All streamers are picked initially.
#[component]
pub fn BattleSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let others = untrack(|| room.others());
    let picks = Picks::all(others.iter().map(|live| live.owner.user_id.clone()));
    let choice = BattleChoice::default();
    let asks_first = RwSignal::new(true);
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let send = move |_| {
        let (store, users, config) = (room.battle.clone(), picks.get(), choice.config(asks_first.get()));
        room.close();
        app.attempt(store.request_battle(users, config, UI_INVITATION_TIMEOUT_MS));
    };
    view! {
        <Sheet title=words::ask_for_battle() on_close>
            <ul class="rows">{others.into_iter().map(|live| view! { <Opponent live picks /> }).collect_view()}</ul>
            <BattleOptions choice />
            <label class="switch">
                <span>{words::ask_first()}</span>
                <input type="checkbox" data-testid="pk-need-response" bind:checked=asks_first />
            </label>
            <button
                class="button fight wide"
                type="button"
                data-testid="pk-send"
                prop:disabled=move || picks.is_empty()
                on:click=send
            >
                {move || if asks_first.get() { words::send_the_request() } else { words::start_the_battle() }}
            </button>
        </Sheet>
    }
}

#[component]
fn Opponent(live: CoHostLive, picks: Picks<UserId>) -> impl IntoView {
    let user_id = live.owner.user_id.clone();
    let toggled = user_id.clone();
    view! {
        <li>
            <label class="row" data-testid="opponent" data-live-id=live.live_id.to_string()>
                <Avatar user=live.owner.clone() />
                <span class="who">
                    <strong class="ellipsis">{display_name(&live.owner)}</strong>
                    <small class="ellipsis">{live.live_name}</small>
                </span>
                <input
                    type="checkbox"
                    prop:checked=move || picks.has(&user_id)
                    on:change=move |_| picks.toggle(&toggled)
                />
            </label>
        </li>
    }
}
