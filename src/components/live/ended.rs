//! The end of a live: its owner, the reason, the totals, and links to other lives.

use duelcast_protocol::{LiveCard, LiveEndReason, LiveId, LiveInfo, LiveSummary};
use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{avatar::Avatar, lobby::LiveCardLink, main_part::MainPart, room::use_room},
    format::{clock, compact, display_name, grouped},
    i18n::words,
    navigation::{Link, Place},
    stores::LiveListStore,
};

/// Maximum number of other lives shown.
const MAX_OTHERS: usize = 4;

/// Replaces the whole page of the live.
#[component]
pub fn EndedView(reason: LiveEndReason, summary: LiveSummary) -> impl IntoView {
    let room = use_room();
    let info = room.live.state.info.get_untracked();
    let why = match reason {
        LiveEndReason::EndedByOwner => words::live_over(),
        LiveEndReason::EndedByService => words::live_closed(),
        LiveEndReason::OwnerGone => words::live_over_away(),
    };
    let likes = room.likes.state.total.get_untracked();
    view! {
        <MainPart class="room-over ended" part="message" testid="room-ended">
            {info.as_ref().map(|info| view! { <Avatar user=info.owner.clone() /> })}
            <h1>{why}</h1>
            {info.map(|info| view! { <Whose info reason /> })}
            <Facts summary likes />
            <Link to=Place::Lobby class="button primary">
                {words::to_the_lobby()}
            </Link>
            <Others but=room.live_id.clone() />
        </MainPart>
    }
}

#[component]
fn Whose(info: LiveInfo, reason: LiveEndReason) -> impl IntoView {
    let name = display_name(&info.owner);
    let by_whom = (reason == LiveEndReason::EndedByOwner).then(|| words::co_host_ended_live(&name));
    view! {
        <p class="whose">
            <strong dir="auto" data-testid="ended-title">{info.live_name}</strong>
            <span data-testid="ended-by">{by_whom.unwrap_or(name)}</span>
        </p>
    }
}

#[component]
fn Facts(summary: LiveSummary, likes: u64) -> impl IntoView {
    let facts = [
        (words::length(), clock(summary.duration_ms / 1_000)),
        (words::likes(), compact(likes)),
        (words::messages(), grouped(summary.message_count)),
        (words::gifts(), grouped(summary.gift_count)),
        (words::coins(), grouped(summary.gift_coins)),
        (words::battles_won(), won_of(&summary)),
    ];
    let fact = |(name, value): (String, String)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! { <dl>{facts.map(fact).collect_view()}</dl> }
}

fn won_of(summary: &LiveSummary) -> String {
    let [won, all] = [summary.battles_won, summary.battle_count].map(|count| grouped(u64::from(count)));
    format!("{won} / {all}")
}

/// Other lives; renders nothing if there are none.
#[component]
fn Others(but: LiveId) -> impl IntoView {
    let list = LiveListStore::shared();
    let lives = list.state.lives.clone();
    use_app().attempt_quietly(list.refresh());
    let others = Memo::new(move |_| lives.with(|lives| others(lives, &but)));
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <section class="others" data-testid="other-lives">
                <h2>{words::live_now()}</h2>
                <span class="cards">
                    <For each=move || others.get() key=|card| card.live.live_id.clone() let:card>
                        <LiveCardLink card=Signal::stored(card) />
                    </For>
                </span>
            </section>
        </Show>
    }
}

fn others(lives: &[LiveCard], but: &LiveId) -> Vec<LiveCard> {
    lives.iter().filter(|card| card.live.live_id != *but).take(MAX_OTHERS).cloned().collect()
}
