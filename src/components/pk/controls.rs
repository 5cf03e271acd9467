//! Actions for the owner of a side during and after a battle.

use std::sync::Arc;

use duelcast_protocol::{BattleInfo, limits::UI_INVITATION_TIMEOUT_MS};
use leptos::prelude::*;

use super::verdict::{Verdict, verdict};
use crate::{
    app::use_app,
    components::{
        icons::{Glyph, Icon},
        room::{RoomContext, use_room},
    },
    i18n::words,
};

fn is_own_battle(room: &RoomContext, battle: &BattleInfo) -> bool {
    let is_side = battle.sides.iter().any(|side| side.live_id == room.live_id && side.exited.is_none());
    room.has_controls && is_side
}

#[component]
fn OwnerButton(
    #[prop(into)] is_shown: Signal<bool>,
    testid: &'static str,
    on_press: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Show when=move || is_shown.get() fallback=|| view! { <span></span> }>
            <button class="button small" type="button" data-testid=testid on:click=move |_| on_press.run(())>
                {children.with_value(|children| children())}
            </button>
        </Show>
    }
}

/// Leaves the battle; the score stays.
#[component]
pub fn ExitButton(battle: Arc<BattleInfo>) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let is_owner = room.live.state.is_owner.clone();
    let may_exit = is_own_battle(&room, &battle);
    let on_press = Callback::new(move |()| {
        let (store, battle_id) = (room.battle.clone(), battle.battle_id.clone());
        app.attempt(store.exit_battle(battle_id));
    });
    view! {
        <OwnerButton is_shown=Signal::derive(move || may_exit && is_owner.get()) testid="pk-exit" on_press>
            <Icon glyph=Glyph::Exit />
            <span class="word">{words::give_up()}</span>
        </OwnerButton>
    }
}

/// Ends the penalty; for a winner.
#[component]
pub fn LetOffButton(battle: Arc<BattleInfo>) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let is_owner = room.live.state.is_owner.clone();
    let may_end = is_own_battle(&room, &battle)
        && matches!(verdict(&battle, &room.live_id), Some(Verdict::Won | Verdict::Draw));
    let on_press = Callback::new(move |()| {
        let (store, battle_id) = (room.battle.clone(), battle.battle_id.clone());
        app.attempt(store.end_penalty(battle_id));
    });
    view! {
        <OwnerButton is_shown=Signal::derive(move || may_end && is_owner.get()) testid="pk-let-off" on_press>
            {words::let_off()}
        </OwnerButton>
    }
}

/// Requests another battle with the same sides and settings.
#[component]
pub fn RematchButton(battle: Arc<BattleInfo>) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let state = room.battle.state.clone();
    let is_owner = room.live.state.is_owner.clone();
    let may_ask = is_own_battle(&room, &battle);
    let is_shown =
        Signal::derive(move || may_ask && is_owner.get() && state.request_sent.with(Option::is_none));
    let on_press = Callback::new(move |()| {
        let others = battle.sides.iter().filter(|side| side.live_id != room.live_id);
        let users = others.map(|side| side.user.user_id.clone()).collect();
        let mut config = battle.config.clone();
        config.need_response = true;
        let store = room.battle.clone();
        app.attempt(store.request_battle(users, config, UI_INVITATION_TIMEOUT_MS));
    });
    view! {
        <OwnerButton is_shown testid="pk-rematch" on_press>
            <Icon glyph=Glyph::Rematch />
            {words::rematch()}
        </OwnerButton>
    }
}
