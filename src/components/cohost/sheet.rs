//! The owner's co-host panel: whom to invite, and whether to fight at once.

use duelcast_protocol::{BattleConfig, CoHostCode, LiveId};
use leptos::prelude::*;

use super::candidate::CandidateRow;
use crate::{
    app::{AppContext, use_app},
    components::{
        icons::{Glyph, Icon},
        picks::Picks,
        pk::{BattleChoice, BattleOptions},
        room::{Room, use_room},
        sheet::Sheet,
    },
    signaling::CallError,
    stores::HostConnectionRequest,
};

/// Fetches the candidates when it opens.
#[component]
pub fn CoHostSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let picks = Picks::none();
    let choice = BattleChoice::default();
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let store = room.co_host.clone();
    app.attempt(async move { store.get_co_host_candidates().await });
    let invite = Callback::new(move |battle: Option<BattleConfig>| {
        room.close();
        app.attempt(invite(app, room.clone(), picks.get(), battle));
    });
    view! {
        <Sheet title="Invite streamers" on_close>
            <Candidates picks />
            <BattleOptions choice />
            <div class="actions">
                <button
                    class="button primary"
                    type="button"
                    data-testid="invite-cohost"
                    prop:disabled=move || picks.is_empty()
                    on:click=move |_| invite.run(None)
                >
                    <Icon glyph=Glyph::Link />
                    "Co-host"
                </button>
                <button
                    class="button fight"
                    type="button"
                    data-testid="invite-pk"
                    prop:disabled=move || picks.is_empty()
                    on:click=move |_| invite.run(Some(choice.config(false)))
                >
                    <Icon glyph=Glyph::Swords />
                    "PK"
                </button>
            </div>
        </Sheet>
    }
}

async fn invite(
    app: AppContext,
    room: Room,
    targets: Vec<LiveId>,
    battle: Option<BattleConfig>,
) -> Result<(), CallError> {
    let request = HostConnectionRequest { battle, ..HostConnectionRequest::to(targets) };
    let results = room.co_host.request_host_connection(request).await?;
    for code in results.into_values() {
        if let Some(why) = refusal(code) {
            app.toasts.fail(&why);
        }
    }
    Ok(())
}

fn refusal(code: CoHostCode) -> Option<&'static str> {
    match code {
        CoHostCode::Ok => None,
        CoHostCode::RoomNotExist => Some("That live is over."),
        CoHostCode::Connecting => Some("There is an open invitation already, or you are connected."),
        CoHostCode::ConnectingOtherRoom => Some("That live is co-hosting with others."),
        CoHostCode::Full => Some("The connection is full."),
        CoHostCode::Retry => Some("They cannot be asked right now. Try again in a moment."),
    }
}

#[component]
fn Candidates(picks: Picks<LiveId>) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let state = room.co_host.state.clone();
    let (is_loading, has_more) = (state.is_loading_candidates.clone(), state.has_more_candidates.clone());
    let is_empty = {
        let state = state.clone();
        move || state.candidates.with(Vec::is_empty) && !state.is_loading_candidates.get()
    };
    let more = move |_| {
        let store = room.co_host.clone();
        app.attempt(async move { store.load_more_candidates().await });
    };
    let more = Callback::new(more);
    view! {
        <section>
            <ul class="rows candidates">
                <For each=move || state.candidates.get() key=|card| card.live.live_id.clone() let:card>
                    <CandidateRow card picks />
                </For>
            </ul>
            <Show when=is_empty>
                <p class="hint">"Nobody else is live right now."</p>
            </Show>
            <Show when=move || is_loading.get()>
                <span class="spinner"></span>
            </Show>
            <Show when=move || has_more.get()>
                <button class="button small" type="button" on:click=move |_| more.run(())>
                    "Show more"
                </button>
            </Show>
        </section>
    }
}
