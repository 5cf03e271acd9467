//! Gift combos: one badge that counts up instead of many lines.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{avatar::Avatar, room::use_room},
    format::{display_name, times},
    i18n::gift_name,
    stores::GiftCombo,
};

/// How long a badge stays after the last gift of its combo.
const SHOWN_MS: u64 = 3_000;
/// Minimum gifts of a badge; a single gift is only a chat line.
const MIN_TOTAL: u64 = 2;

/// The current combos, newest at the bottom. Hidden from assistive technology: the chat has the
/// same gifts as text.
#[component]
pub fn Combos() -> impl IntoView {
    let now = use_app().now();
    let combos = use_room().gifts.state.combos.clone();
    let shown = Memo::new(move |_| {
        let is_on =
            |combo: &&GiftCombo| combo.total >= MIN_TOTAL && (now.get() as u64) < combo.last_at + SHOWN_MS;
        combos.with(|combos| combos.iter().filter(is_on).cloned().collect::<Vec<_>>())
    });
    view! {
        <div class="combos" aria-hidden="true" data-testid="combos">
            <For each=move || shown.get() key=|combo| combo.id let:combo>
                <Combo shown first=combo />
            </For>
        </div>
    }
}

#[component]
fn Combo(shown: Memo<Vec<GiftCombo>>, first: GiftCombo) -> impl IntoView {
    let id = first.id;
    let total = Memo::new(move |before: Option<&u64>| {
        let now = shown.with(|all| all.iter().find(|combo| combo.id == id).map(|combo| combo.total));
        now.or(before.copied()).unwrap_or(first.total)
    });
    let message = first.message;
    let (name, gift) = (display_name(&message.sender), gift_name(&message.gift));
    view! {
        <div class="combo" data-testid="combo" data-total=move || total.get().to_string()>
            <Avatar user=message.sender />
            <span class="who">
                <strong class="ellipsis">{name}</strong>
                <small class="ellipsis">{gift}</small>
            </span>
            <span class="emoji">{message.gift.icon}</span>
            {move || view! { <strong class="times">{times(total.get())}</strong> }}
        </div>
    }
}
