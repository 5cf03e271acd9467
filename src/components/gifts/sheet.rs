//! The gift sheet: gift, count and receiver.

use duelcast_protocol::{Gift, GiftId, UserId, UserInfo};
use leptos::prelude::*;

use crate::{
    components::{
        choice::{Choice, Choices},
        sheet::Sheet,
    },
    format::{display_name, times},
    i18n::{gift_name, words},
};

const COUNTS: [u32; 5] = [1, 5, 10, 66, 99];

/// The picked gift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickedGift {
    pub gift_id: GiftId,
    pub count: u32,
    pub to_user_id: UserId,
}

/// Stays open after sending, so that another gift can be sent.
#[component]
pub fn GiftSheet(
    #[prop(into)] gifts: Signal<Vec<Gift>>,
    /// Possible receivers, the owner of this live first.
    receivers: Vec<UserInfo>,
    on_send: Callback<PickedGift>,
    on_close: Callback<()>,
) -> impl IntoView {
    let pressed = RwSignal::new(None::<GiftId>);
    let picked = Memo::new(move |_| {
        let first = || gifts.with(|gifts| gifts.first().map(|gift| gift.gift_id.clone()));
        pressed.get().or_else(first)
    });
    let count = RwSignal::new(COUNTS[0]);
    let to = RwSignal::new(receivers.first().map(|user| user.user_id.clone()));
    let counts =
        COUNTS.map(|count| Choice::new(count, times(u64::from(count)), format!("gift-count-{count}")));
    let whom: Vec<_> = receivers
        .iter()
        .map(|user| {
            Choice::new(Some(user.user_id.clone()), display_name(user), format!("gift-to-{}", user.user_id))
        })
        .collect();
    let send = move |_| {
        if let (Some(gift_id), Some(to_user_id)) = (picked.get(), to.get()) {
            on_send.run(PickedGift { gift_id, count: count.get(), to_user_id });
        }
    };
    view! {
        <Sheet title=words::send_a_gift() on_close>
            <Choices legend=words::gift_to() choices=whom picked=to />
            <Catalogue gifts picked pressed />
            <Choices legend=words::gift_count() choices=counts.to_vec() picked=count />
            <button
                class="button primary wide"
                type="button"
                data-testid="gift-send"
                prop:disabled=move || picked.with(Option::is_none)
                on:click=send
            >
                {words::send()}
            </button>
        </Sheet>
    }
}

#[component]
fn Catalogue(
    gifts: Signal<Vec<Gift>>,
    picked: Memo<Option<GiftId>>,
    pressed: RwSignal<Option<GiftId>>,
) -> impl IntoView {
    view! {
        <div class="gifts" role="group" aria-label=words::gifts()>
            <For each=move || gifts.get() key=|gift| gift.gift_id.clone() let:gift>
                <GiftButton gift picked pressed />
            </For>
        </div>
    }
}

#[component]
fn GiftButton(gift: Gift, picked: Memo<Option<GiftId>>, pressed: RwSignal<Option<GiftId>>) -> impl IntoView {
    let name = gift_name(&gift);
    let (id, pick) = (gift.gift_id.clone(), gift.gift_id.clone());
    view! {
        <button
            type="button"
            aria-pressed=move || picked.with(|picked| picked.as_ref() == Some(&id)).to_string()
            data-testid="gift-item"
            data-gift-id=gift.gift_id.to_string()
            on:click=move |_| pressed.set(Some(pick.clone()))
        >
            <span class="emoji" aria-hidden="true">
                {gift.icon}
            </span>
            <span>{name}</span>
            <span class="coins">{words::coins_count(u64::from(gift.coins))}</span>
        </button>
    }
}
