//! The owner's tools: co-hosting and battles.

use duelcast_protocol::{BattlePhase, CoHostStatus};
use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{
        icons::{Glyph, Icon},
        room::{Panel, use_room},
    },
    i18n::words,
};

/// For the owner only.
#[component]
pub fn HostTools() -> impl IntoView {
    let is_owner = use_room().live.state.is_owner.clone();
    view! {
        <Show when=move || is_owner.get()>
            <Tools />
        </Show>
    }
}

#[component]
fn Tools() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let status = room.co_host.state.status.clone();
    let is_connected = Memo::new(move |_| status.get() == CoHostStatus::Connected);
    let invite = {
        let room = room.clone();
        move |_| room.open(Panel::CoHost)
    };
    let co_host = room.co_host.clone();
    let exit = Callback::new(move |()| {
        let co_host = co_host.clone();
        app.attempt(co_host.exit_host_connection());
    });
    view! {
        <nav class="tools" aria-label=words::your_tools()>
            <button class="button small" type="button" data-testid="cohost-open" on:click=invite>
                <Icon glyph=Glyph::Link />
                {move || if is_connected.get() { words::invite_more() } else { words::co_host_or_pk() }}
            </button>
            <Show when=move || is_connected.get()>
                <BattleButton />
                <button
                    class="button small"
                    type="button"
                    aria-label=words::leave_co_hosting()
                    data-testid="cohost-exit"
                    on:click=move |_| exit.run(())
                >
                    <Icon glyph=Glyph::Exit />
                    {words::leave()}
                </button>
            </Show>
        </nav>
    }
}

#[component]
fn BattleButton() -> impl IntoView {
    let room = use_room();
    let battle = room.battle.state.clone();
    let may_ask = Memo::new(move |_| {
        let is_free = match battle.phase.get() {
            Some(BattlePhase::Running | BattlePhase::Settling) => false,
            Some(BattlePhase::Penalty | BattlePhase::Ended) | None => true,
        };
        is_free && battle.request_sent.with(Option::is_none)
    });
    view! {
        <button
            class="button small fight"
            type="button"
            data-testid="pk-request"
            prop:disabled=move || !may_ask.get()
            on:click=move |_| room.open(Panel::Battle)
        >
            <Icon glyph=Glyph::Swords />
            {words::pk()}
        </button>
    }
}
