//! The owner's co-host panel: invites lives, optionally to a battle.

use duelcast_protocol::{BattleConfig, CoHostCode, LayoutTemplate, LiveCard, LiveId};
use leptos::prelude::*;
use leptos_use_interval_fn::use_interval_fn;

use super::candidate::CandidateRow;
use crate::{
    app::{AppContext, use_app},
    components::{
        choice::{Choice, Choices},
        icons::{Glyph, Icon},
        picks::Picks,
        pk::{BattleChoice, BattleOptions},
        requests::{CoHostInbox, CoHostSent, QuietSwitch},
        room::{RoomContext, use_room},
        sheet::Sheet,
    },
    format::display_name,
    i18n::{has_lower_case, lower_case, words},
    layout::{DYNAMIC_GRID, LANDSCAPE, LEFT_FOCUS, ONE_PLUS_SIX, SIX_AGAINST_SIX, UNIFORM_GRID},
    signaling::CallError,
    stores::HostConnectionRequest,
};

const POLL_EVERY_MS: u64 = 5_000;
const MAX_QUERY_CHARS: usize = 60;

/// Fetches the candidates when it opens, and polls them while it is open.
#[component]
pub fn CoHostSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let picks = Picks::none();
    let choice = BattleChoice::default();
    let layout = RwSignal::new(SIX_AGAINST_SIX);
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let invite = Callback::new({
        let room = room.clone();
        move |battle: Option<BattleConfig>| {
            room.close();
            app.attempt(invite(app, room.clone(), picks.get(), layout.get_untracked(), battle));
        }
    });
    let is_none_picked = picked_candidates(&room, picks);
    follow_candidates(app, &room);
    let layouts = LAYOUTS.map(|(id, name)| Choice::new(id, name(), format!("layout-{id}")));
    view! {
        <Sheet title=words::invite_streamers() on_close>
            <Invitations />
            <Candidates picks />
            <Choices legend=words::layout() choices=layouts.to_vec() picked=layout />
            <BattleOptions choice />
            <QuietSwitch />
            <div class="actions">
                <button
                    class="button primary"
                    type="button"
                    data-testid="invite-cohost"
                    prop:disabled=move || is_none_picked.get()
                    on:click=move |_| invite.run(None)
                >
                    <Icon glyph=Glyph::Link />
                    {words::co_host()}
                </button>
                <button
                    class="button fight"
                    type="button"
                    data-testid="invite-pk"
                    prop:disabled=move || is_none_picked.get()
                    on:click=move |_| invite.run(Some(choice.config(false)))
                >
                    <Icon glyph=Glyph::Swords />
                    {words::pk()}
                </button>
            </div>
        </Sheet>
    }
}

const LAYOUTS: [(LayoutTemplate, fn() -> String); 6] = [
    (SIX_AGAINST_SIX, words::layout_six_against_six),
    (DYNAMIC_GRID, words::layout_grid),
    (UNIFORM_GRID, words::layout_equal_grid),
    (ONE_PLUS_SIX, words::layout_one_plus_six),
    (LEFT_FOCUS, words::layout_focus),
    (LANDSCAPE, words::layout_two_seats),
];

fn follow_candidates(app: AppContext, room: &RoomContext) {
    let store = room.co_host.clone();
    app.attempt(store.get_co_host_candidates());
    let store = room.co_host.clone();
    let tick = move || {
        let store = store.clone();
        app.attempt_quietly(store.poll_candidates());
    };
    use_interval_fn(tick, POLL_EVERY_MS);
}

/// Unpicks lives that are no longer candidates; returns whether no pick is left.
fn picked_candidates(room: &RoomContext, picks: Picks<LiveId>) -> Memo<bool> {
    let candidates = room.co_host.state.candidates.clone();
    Effect::new(move |_| {
        candidates.with(|cards| picks.retain(|id| cards.iter().any(|card| card.live.live_id == *id)));
    });
    Memo::new(move |_| picks.is_empty())
}

/// Open invitations, outgoing and incoming.
#[component]
fn Invitations() -> impl IntoView {
    let state = use_room().co_host.state.clone();
    let (invitees, applicants) = (state.invitees.clone(), state.applicants.clone());
    let is_any = Memo::new(move |_| !invitees.with(Vec::is_empty) || !applicants.with(Vec::is_empty));
    view! {
        <Show when=move || is_any.get()>
            <section>
                <h3>{words::open_invitations()}</h3>
                <ul class="rows" aria-live="polite">
                    <CoHostInbox />
                    <CoHostSent />
                </ul>
            </section>
        </Show>
    }
}

async fn invite(
    app: AppContext,
    room: RoomContext,
    targets: Vec<LiveId>,
    layout_template: LayoutTemplate,
    battle: Option<BattleConfig>,
) -> Result<(), CallError> {
    let names = room.co_host.state.candidates.get_untracked();
    let name = |live_id: &LiveId| {
        let card = names.iter().find(|card| card.live.live_id == *live_id);
        card.map_or_else(|| live_id.to_string(), |card| display_name(&card.live.owner))
    };
    let request = HostConnectionRequest { battle, layout_template, ..HostConnectionRequest::to(targets) };
    let results = room.co_host.request_host_connection(request).await?;
    for (live_id, code) in results {
        if let Some(why) = refusal(code) {
            app.toasts().fail(&words::why_not(&name(&live_id), &why));
        }
    }
    Ok(())
}

fn refusal(code: CoHostCode) -> Option<String> {
    match code {
        CoHostCode::Ok => None,
        CoHostCode::RoomNotExist => Some(words::why_not_over()),
        CoHostCode::Connecting => Some(words::why_not_connecting()),
        CoHostCode::ConnectingOtherRoom => Some(words::why_not_connected_elsewhere()),
        CoHostCode::Full => Some(words::why_not_full()),
        CoHostCode::Retry => Some(words::why_not_retry()),
    }
}

#[component]
fn Candidates(picks: Picks<LiveId>) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let state = room.co_host.state.clone();
    let query = RwSignal::new(String::new());
    let (candidates, is_loading, has_more) =
        (state.candidates.clone(), state.is_loading_candidates.clone(), state.has_more_candidates.clone());
    let found = Memo::new(move |_| {
        let query = query.with(|query| lower_case(query.trim()));
        candidates
            .with(|cards| cards.iter().filter(|card| is_match(card, &query)).cloned().collect::<Vec<_>>())
    });
    let is_busy = is_loading.clone();
    let nothing = move || {
        (found.with(Vec::is_empty) && !is_loading.get()).then(|| {
            let is_searching = query.with(|query| !query.trim().is_empty());
            if is_searching { words::nobody_by_that_name() } else { words::nobody_else_live() }
        })
    };
    let more = Callback::new(move |()| {
        let store = room.co_host.clone();
        app.attempt(store.load_more_candidates());
    });
    view! {
        <section>
            <input
                class="input"
                type="search"
                aria-label=words::candidates_search()
                placeholder=words::search()
                maxlength=MAX_QUERY_CHARS.to_string()
                data-testid="candidate-search"
                bind:value=query
            />
            <ul class="rows candidates">
                <For each=move || found.get() key=|card| (card.live.live_id.clone(), card.activity as u8) let:card>
                    <CandidateRow card picks />
                </For>
            </ul>
            {move || nothing().map(|text| view! { <p class="hint" role="status">{text}</p> })}
            <Show when=move || is_busy.get()>
                <span class="spinner" role="progressbar" aria-label=words::loading()></span>
            </Show>
            <Show when=move || has_more.get()>
                <button class="button small" type="button" on:click=move |_| more.run(())>
                    {words::show_more()}
                </button>
            </Show>
        </section>
    }
}

fn is_match(card: &LiveCard, query: &str) -> bool {
    let has = |text: &str| has_lower_case(text, query);
    query.is_empty() || has(&card.live.live_name) || has(&card.live.owner.user_name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_refusal_is_said_in_words_of_its_own() {
        let refusals = [
            CoHostCode::RoomNotExist,
            CoHostCode::Connecting,
            CoHostCode::ConnectingOtherRoom,
            CoHostCode::Full,
            CoHostCode::Retry,
        ];
        let said: BTreeSet<_> = refusals.into_iter().filter_map(refusal).collect();
        assert_eq!(said.len(), refusals.len());
        assert_eq!(refusal(CoHostCode::Ok), None);
    }
}
