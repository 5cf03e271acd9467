//! The card of a live in the lobby.

use duelcast_protocol::{LiveActivity, LiveCard};
use leptos::either::Either;
use leptos::prelude::*;

use crate::{
    components::icons::{Glyph, Icon},
    format::{compact, display_name, initials, tint},
    i18n::words,
    navigation::{Link, Place},
};

/// The whole card is a link to the live. Changed values are updated in place.
#[component]
pub fn LiveCardLink(#[prop(into)] card: Signal<LiveCard>) -> impl IntoView {
    let live_id = card.with_untracked(|card| card.live.live_id.clone());
    let activity = Memo::new(move |_| card.with(|card| card.activity));
    let viewer_count = Memo::new(move |_| card.with(|card| card.viewer_count));
    view! {
        <Link
            to=Place::Live(live_id.clone())
            class=format!("live-card tint-{}", tint(live_id.as_str()))
            attr:part="live-card"
            attr:data-testid="live-card"
            attr:data-live-id=live_id.to_string()
        >
            <Cover card />
            <span class="tags">
                <span>{move || badge(activity.get()).map(|(class, text)| view! { <span class=class>{text}</span> })}</span>
                <span class="badge">
                    <Icon glyph=Glyph::Eye />
                    <span aria-hidden="true">{move || compact(u64::from(viewer_count.get()))}</span>
                    <span class="sr-only">{move || words::watching(u64::from(viewer_count.get()))}</span>
                </span>
            </span>
            <span class="foot">
                <span class="title">{move || card.with(|card| card.live.live_name.clone())}</span>
                <span class="by">
                    <Icon glyph=Glyph::User />
                    <span class="ellipsis">{move || card.with(|card| display_name(&card.live.owner))}</span>
                </span>
            </span>
        </Link>
    }
}

#[component]
fn Cover(card: Signal<LiveCard>) -> impl IntoView {
    let looks =
        Memo::new(move |_| card.with(|card| (card.live.cover_url.clone(), initials(&card.live.live_name))));
    view! {
        <span class="cover" aria-hidden="true">
            {move || match looks.get() {
                (url, letters) if url.is_empty() => Either::Left(view! { <span class="letter">{letters}</span> }),
                (url, _) => Either::Right(view! { <img src=url alt="" loading="lazy" /> }),
            }}
        </span>
    }
}

fn badge(activity: LiveActivity) -> Option<(&'static str, String)> {
    match activity {
        LiveActivity::Alone => None,
        LiveActivity::CoHosting => Some(("badge cohost", words::co_hosting())),
        LiveActivity::InBattle => Some(("badge pk", words::pk())),
    }
}
