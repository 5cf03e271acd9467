//! The gift sheet: gift, count and receiver.

use duelcast_protocol::{Gift, GiftId, UserId, UserInfo};
use leptos::ev::MouseEvent;
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
/// From this many coins on, the button asks once more.
const COINS_TO_CONFIRM: u64 = 1_000;

/// The picked gift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickedGift {
    pub gift: Gift,
    pub count: u32,
    pub to: UserInfo,
}

impl PickedGift {
    /// The price of all.
    #[must_use]
    pub fn coins(&self) -> u64 {
        u64::from(self.gift.coins) * u64::from(self.count)
    }
}

/// Where the gift is that was sent last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GiftProgress {
    #[default]
    Idle,
    /// The answer is awaited: the button takes no press.
    Sending,
    /// For a moment after the answer.
    Sent(PickedGift),
}

/// Stays open after sending, so that another gift can be sent.
#[component]
pub fn GiftSheet(
    #[prop(into)] gifts: Signal<Vec<Gift>>,
    /// Possible receivers; the first one is picked.
    receivers: Vec<UserInfo>,
    /// The title names this receiver.
    #[prop(optional_no_strip)]
    for_whom: Option<UserInfo>,
    progress: RwSignal<GiftProgress>,
    on_send: Callback<PickedGift>,
    on_close: Callback<()>,
) -> impl IntoView {
    let pressed = RwSignal::new(None::<GiftId>);
    let gift = Memo::new(move |_| {
        let id = pressed.get();
        gifts.with(|gifts| {
            let picked = gifts.iter().find(|gift| Some(&gift.gift_id) == id.as_ref());
            picked.or_else(|| gifts.first()).cloned()
        })
    });
    let count = RwSignal::new(COUNTS[0]);
    let to = RwSignal::new(receivers.first().map(|user| user.user_id.clone()));
    let counts =
        COUNTS.map(|count| Choice::new(count, times(u64::from(count)), format!("gift-count-{count}")));
    let whom = receivers.iter().map(receiver_choice).collect();
    let picked = Memo::new(move |_| {
        let to = to.get();
        let to = receivers.iter().find(|user| Some(&user.user_id) == to.as_ref()).cloned();
        gift.get().zip(to).map(|(gift, to)| PickedGift { gift, count: count.get(), to })
    });
    let title = for_whom.map_or_else(words::send_a_gift, |user| words::gift_for(&display_name(&user)));
    let gift_id = Memo::new(move |_| gift.with(|gift| gift.as_ref().map(|gift| gift.gift_id.clone())));
    view! {
        <Sheet title on_close>
            <Choices legend=words::gift_to() choices=whom picked=to />
            <Catalogue gifts picked=gift_id pressed />
            <Choices legend=words::gift_count() choices=counts.to_vec() picked=count />
            <SendButton picked progress on_send />
            <p class="hint" role="status" data-testid="gift-sent">
                {move || match progress.get() {
                    GiftProgress::Sent(gift) => sent_sentence(&gift),
                    GiftProgress::Idle | GiftProgress::Sending => String::new(),
                }}
            </p>
        </Sheet>
    }
}

fn receiver_choice(user: &UserInfo) -> Choice<Option<UserId>> {
    Choice::new(Some(user.user_id.clone()), display_name(user), format!("gift-to-{}", user.user_id))
}

fn sent_sentence(sent: &PickedGift) -> String {
    let count = times(u64::from(sent.count));
    words::gift_sent(&gift_name(&sent.gift), &count, &display_name(&sent.to))
}

/// Says what the gift costs. Asks once more if that is much; takes no press while a gift is on its
/// way.
#[component]
fn SendButton(
    picked: Memo<Option<PickedGift>>,
    progress: RwSignal<GiftProgress>,
    on_send: Callback<PickedGift>,
) -> impl IntoView {
    // What was pressed once and costs much; another choice is another question.
    let asked = RwSignal::new(None::<PickedGift>);
    let is_asking = move || asked.with(|asked| asked.is_some() && *asked == picked.get());
    let is_sending = move || progress.with(|progress| *progress == GiftProgress::Sending);
    let press = move |event: MouseEvent| {
        let Some(gift) = picked.get().filter(|_| !is_sending()) else { return };
        if gift.coins() < COINS_TO_CONFIRM {
            on_send.run(gift);
        } else if !is_asking() {
            asked.set(Some(gift));
        } else if event.detail() <= 1 {
            // The second press of a double click is no answer to a question.
            asked.set(None);
            on_send.run(gift);
        }
    };
    let label = move || {
        let coins = picked.with(|picked| picked.as_ref().map(PickedGift::coins));
        let Some(coins) = coins else { return words::send() };
        let coins = words::coins_count(coins);
        match progress.get() {
            _ if is_asking() => words::gift_confirm(&coins),
            GiftProgress::Sent(_) => words::gift_again(&coins),
            GiftProgress::Idle | GiftProgress::Sending => words::gift_send_for(&coins),
        }
    };
    view! {
        <button
            class="button primary wide"
            type="button"
            data-testid="gift-send"
            aria-busy=move || is_sending().to_string()
            prop:disabled=move || picked.with(Option::is_none) || is_sending()
            on:click=press
        >
            <Show when=is_sending>
                <span class="spinner" aria-hidden="true"></span>
            </Show>
            {label}
        </button>
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
