//! The question before the owner leaves the connection of lives.

use duelcast_protocol::BattlePhase;
use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{room::use_room, sheet::QuestionSheet},
    i18n::words,
};

/// Says so if a battle would be given up.
#[component]
pub fn LeaveCoHostingSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let is_fighting =
        matches!(room.battle.state.phase.get_untracked(), Some(BattlePhase::Running | BattlePhase::Settling));
    let hint = if is_fighting { words::leave_battle_hint() } else { words::leave_co_hosting_hint() };
    let co_host = room.co_host.clone();
    view! {
        <QuestionSheet
            title=words::leave_co_hosting_question()
            hint
            stay=words::stay()
            go=words::leave()
            testid="cohost-exit-confirm"
            on_go=Callback::new(move |()| app.attempt(co_host.exit_host_connection()))
            on_close=Callback::new(move |()| room.close())
        />
    }
}
