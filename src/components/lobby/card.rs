//! A live as the lobby shows it.

use duelcast_protocol::{LiveActivity, LiveCard};
use leptos::{either::Either, prelude::*};

use crate::{
    components::icons::{Glyph, Icon},
    format::{compact, display_name, initials, tint},
};

/// The whole card is a link to the live.
#[component]
pub fn LiveCardLink(card: LiveCard) -> impl IntoView {
    let live = card.live;
    let cover = if live.cover_url.is_empty() {
        Either::Left(view! { <span class="letter">{initials(&live.live_name)}</span> })
    } else {
        Either::Right(view! { <img src=live.cover_url.clone() alt="" loading="lazy" /> })
    };
    view! {
        <a
            class=format!("live-card tint-{}", tint(live.live_id.as_str()))
            href=format!("/live/{}", live.live_id)
            data-testid="live-card"
            data-live-id=live.live_id.to_string()
        >
            <span class="cover" aria-hidden="true">
                {cover}
            </span>
            <Tags activity=card.activity viewer_count=card.viewer_count />
            <span class="foot">
                <span class="title">{live.live_name}</span>
                <span class="by">
                    <Icon glyph=Glyph::User />
                    <span class="ellipsis">{display_name(&live.owner)}</span>
                </span>
            </span>
        </a>
    }
}

#[component]
fn Tags(activity: LiveActivity, viewer_count: u32) -> impl IntoView {
    let badge = match activity {
        LiveActivity::Alone => None,
        LiveActivity::CoHosting => Some(("badge cohost", "Co-hosting")),
        LiveActivity::InBattle => Some(("badge pk", "PK")),
    };
    view! {
        <span class="tags">
            <span>{badge.map(|(class, text)| view! { <span class=class>{text}</span> })}</span>
            <span class="badge">
                <Icon glyph=Glyph::Eye />
                {compact(u64::from(viewer_count))}
                <span class="sr-only">" watching"</span>
            </span>
        </span>
    }
}
