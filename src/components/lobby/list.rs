//! The cards of the lobby: search, polling, pagination.

use duelcast_protocol::LiveCard;
use leptos::prelude::*;
use leptos_use_document_visibility::use_document_visibility;
use leptos_use_interval_fn::use_interval_fn;
use web_sys::VisibilityState;

use super::{card::LiveCardLink, more::More};
use crate::{
    app::use_app,
    components::icons::{Glyph, Icon},
    i18n::{has_lower_case, lower_case, words},
    signaling::Status,
    stores::LiveListStore,
};

const POLL_EVERY_MS: u64 = 5_000;
const SKELETONS: usize = 8;
const MAX_QUERY_CHARS: usize = 60;

/// What the list area shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Skeletons,
    Cards,
    NobodyLive,
    NothingFound,
    Error,
}

/// Polls the list while the page is visible; `has_loaded` is false before the first response.
#[component]
pub fn LiveList(#[prop(into)] has_loaded: Signal<bool>, on_retry: Callback<()>) -> impl IntoView {
    let list = StoredValue::new(LiveListStore::shared());
    let state = list.with_value(|list| list.state.clone());
    let query = RwSignal::new(String::new());
    poll(list);
    let lives = state.lives.clone();
    let found = Memo::new(move |_| {
        let query = query.with(|query| lower_case(query.trim()));
        lives.with(|lives| lives.iter().filter(|card| is_match(card, &query)).cloned().collect::<Vec<_>>())
    });
    let error = state.error.clone();
    let (lives, is_loading, has_more) =
        (state.lives.clone(), state.is_loading.clone(), state.has_more.clone());
    let shown = Memo::new(move |_| match (found.with(Vec::is_empty), lives.with(Vec::is_empty)) {
        (false, _) => Shown::Cards,
        (true, false) if has_more.get() => Shown::Skeletons,
        (true, false) => Shown::NothingFound,
        (true, true) if error.with(Option::is_some) => Shown::Error,
        (true, true) if !has_loaded.get() || is_loading.get() => Shown::Skeletons,
        (true, true) => Shown::NobodyLive,
    });
    view! {
        <Search query />
        <div class="cards">
            <For each=move || found.get() key=|card| card.live.live_id.clone() let:card>
                <LiveCardLink card=follow(found, card) />
            </For>
            <Show when=move || shown.get() == Shown::Skeletons>
                {(0..SKELETONS).map(|_| view! { <span class="live-card skeleton"></span> }).collect_view()}
            </Show>
        </div>
        {move || view! { <Sentence shown=shown.get() on_retry /> }}
        <More is_searching=Signal::derive(move || query.with(|query| !query.trim().is_empty())) />
    }
}

/// The current card of a live; the last known one after it left the list.
fn follow(found: Memo<Vec<LiveCard>>, first: LiveCard) -> Memo<LiveCard> {
    Memo::new(move |before: Option<&LiveCard>| {
        let before = before.unwrap_or(&first);
        let now = found.with(|all| all.iter().find(|card| card.live.live_id == before.live.live_id).cloned());
        now.unwrap_or_else(|| before.clone())
    })
}

fn is_match(card: &LiveCard, query: &str) -> bool {
    let has = |text: &str| has_lower_case(text, query);
    query.is_empty() || has(&card.live.live_name) || has(&card.live.owner.user_name)
}

/// Polls the list, unless the page is hidden or the socket is not online.
fn poll(list: StoredValue<LiveListStore>) {
    let app = use_app();
    let status = app.client().status();
    let visibility = use_document_visibility();
    let tick = move || {
        let is_visible = visibility.try_get_untracked() == Some(VisibilityState::Visible);
        if let Some(list) = list.try_get_value()
            && is_visible
            && status.get_untracked() == Status::Online
        {
            app.attempt_quietly(list.poll());
        }
    };
    use_interval_fn(tick, POLL_EVERY_MS);
}

#[component]
fn Search(query: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="search">
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                aria-label=words::search_lives()
                placeholder=words::search()
                maxlength=MAX_QUERY_CHARS.to_string()
                data-testid="search"
                bind:value=query
            />
        </label>
    }
}

#[component]
fn Sentence(shown: Shown, on_retry: Callback<()>) -> impl IntoView {
    let text = match shown {
        Shown::Cards => return ().into_any(),
        Shown::Skeletons => {
            return view! { <p class="sr-only" role="status">{words::loading()}</p> }.into_any();
        }
        Shown::NobodyLive => words::nobody_live(),
        Shown::NothingFound => words::nobody_by_that_name(),
        Shown::Error => words::list_failed(),
    };
    let retry = (shown == Shown::Error).then(|| {
        view! {
            <button class="button" type="button" data-testid="retry" on:click=move |_| on_retry.run(())>
                {words::try_again()}
            </button>
        }
    });
    let is_first = shown == Shown::NobodyLive;
    view! {
        <div class="empty" class:first=is_first data-testid="lobby-empty">
            <p role="status">{text}</p>
            {is_first.then(|| view! { <p class="hint">{words::nobody_live_hint()}</p> })}
            {retry}
        </div>
    }
    .into_any()
}
