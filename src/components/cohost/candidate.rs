//! A live that can be invited.

use duelcast_protocol::{LiveActivity, LiveCard, LiveId};
use leptos::prelude::*;

use crate::{
    components::{avatar::Avatar, picks::Picks},
    format::display_name,
    i18n::words,
};

/// A row with a checkbox.
#[component]
pub fn CandidateRow(card: LiveCard, picks: Picks<LiveId>) -> impl IntoView {
    let live = card.live;
    let live_id = live.live_id.clone();
    let toggled = live_id.clone();
    let state = match card.activity {
        LiveActivity::Alone => None,
        LiveActivity::CoHosting => Some(view! { <span class="badge cohost">{words::co_hosting()}</span> }),
        LiveActivity::InBattle => Some(view! { <span class="badge pk">{words::pk()}</span> }),
    };
    view! {
        <li>
            <label class="row" data-testid="candidate" data-live-id=live.live_id.to_string()>
                <Avatar user=live.owner.clone() />
                <span class="who">
                    <strong class="ellipsis">{display_name(&live.owner)}</strong>
                    <small class="ellipsis">{live.live_name}</small>
                </span>
                {state}
                <input
                    type="checkbox"
                    prop:checked=move || picks.has(&live_id)
                    on:change=move |_| picks.toggle(&toggled)
                />
            </label>
        </li>
    }
}
