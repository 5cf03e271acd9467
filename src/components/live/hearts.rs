//! Rising hearts for likes: decorative, a few at a time.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    components::{
        icons::{Glyph, Icon},
        room::use_room,
    },
    format::TINT_COUNT,
};

const MAX_HEARTS: usize = 12;
/// Maximum number of hearts for one change of the total.
const MAX_AT_ONCE: u64 = 3;
const LANES: u64 = 3;
const SHOWN_FOR: Duration = Duration::from_millis(1_700);

/// One heart per like, up to a maximum.
#[component]
pub fn Hearts() -> impl IntoView {
    let total = use_room().likes.state.total.clone();
    let hearts = RwSignal::new(Vec::<u64>::new());
    Effect::new(move |before: Option<u64>| {
        let total = total.get();
        let new = before.map_or(0, |before| total.saturating_sub(before)).min(MAX_AT_ONCE);
        (total.saturating_sub(new)..total).for_each(|id| raise(hearts, id));
        total
    });
    view! {
        <div class="hearts" aria-hidden="true">
            <For each=move || hearts.get() key=|id| *id let:id>
                <span class=format!("heart lane-{} tint-{}", id % LANES, id % TINT_COUNT as u64)>
                    <Icon glyph=Glyph::Heart />
                </span>
            </For>
        </div>
    }
}

fn raise(hearts: RwSignal<Vec<u64>>, id: u64) {
    let is_new = hearts
        .try_update(|hearts| {
            let is_new = hearts.len() < MAX_HEARTS && !hearts.contains(&id);
            if is_new {
                hearts.push(id);
            }
            is_new
        })
        .unwrap_or(false);
    if is_new {
        set_timeout(
            move || {
                hearts.try_update(|hearts| hearts.retain(|other| *other != id));
            },
            SHOWN_FOR,
        );
    }
}
