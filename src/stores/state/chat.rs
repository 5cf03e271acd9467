//! Chat, gifts and likes.

use std::cell::Cell;

use duelcast_protocol::{ChatItem, Gift, GiftMessage, Timestamp};
use leptos::prelude::*;

use crate::stores::signal::SetIfChanged;

/// Maximum number of chat entries in memory.
pub const MAX_CHAT_ENTRIES: usize = 200;
/// Maximum number of combos shown at a time.
const MAX_COMBOS: usize = 3;
/// An equal gift within this time of the last one extends its combo.
const COMBO_WINDOW_MS: u64 = 3_000;

/// A line of the chat; `id` is unique on this page and increases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatEntry {
    pub id: u64,
    pub item: ChatItem,
}

/// State of `BarrageStore`.
#[derive(Debug, Default)]
pub struct BarrageState {
    /// Oldest first; at most [`MAX_CHAT_ENTRIES`].
    pub messages: ArcRwSignal<Vec<ChatEntry>>,
}

impl BarrageState {
    /// Replaces all entries with those of a snapshot.
    pub(crate) fn reset(&self, items: Vec<ChatItem>, last_id: &Cell<u64>) {
        self.messages.set_if_changed(number(items, last_id).collect());
    }

    /// Appends new entries.
    pub(crate) fn append(&self, items: Vec<ChatItem>, last_id: &Cell<u64>) {
        if items.is_empty() {
            return;
        }
        self.messages.update(|messages| {
            messages.extend(number(items, last_id));
            let surplus = messages.len().saturating_sub(MAX_CHAT_ENTRIES);
            messages.drain(..surplus);
        });
    }
}

fn number(items: Vec<ChatItem>, last_id: &Cell<u64>) -> impl Iterator<Item = ChatEntry> {
    items.into_iter().map(|item| ChatEntry { id: next(last_id), item })
}

fn next(last_id: &Cell<u64>) -> u64 {
    last_id.set(last_id.get() + 1);
    last_id.get()
}

/// A combo: equal gifts from one sender to one receiver in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftCombo {
    /// Unique on this page and increasing; constant while the combo grows.
    pub id: u64,
    /// The latest gift of the combo.
    pub message: GiftMessage,
    /// Number of gifts in the combo.
    pub total: u64,
    pub last_at: Timestamp,
}

/// State of `GiftStore`.
#[derive(Debug, Default)]
pub struct GiftState {
    /// Empty until it is fetched.
    pub catalogue: ArcRwSignal<Vec<Gift>>,
    /// Newest last; at most three.
    pub combos: ArcRwSignal<Vec<GiftCombo>>,
}

impl GiftState {
    pub(crate) fn add(&self, message: &GiftMessage, last_id: &Cell<u64>) {
        self.combos.update(|combos| add_to_combos(combos, message, last_id));
    }
}

fn add_to_combos(combos: &mut Vec<GiftCombo>, message: &GiftMessage, last_id: &Cell<u64>) {
    let at = message.sent_at;
    combos.retain(|combo| combo.last_at + COMBO_WINDOW_MS >= at);
    let grown = combos.iter().position(|combo| is_same_combo(&combo.message, message));
    let (id, before) = match grown.map(|place| combos.remove(place)) {
        Some(combo) => (combo.id, combo.total),
        None => (next(last_id), 0),
    };
    let total = before + u64::from(message.count);
    combos.push(GiftCombo { id, message: message.clone(), total, last_at: at });
    if combos.len() > MAX_COMBOS {
        combos.remove(0);
    }
}

fn is_same_combo(a: &GiftMessage, b: &GiftMessage) -> bool {
    a.sender.user_id == b.sender.user_id
        && a.receiver.user_id == b.receiver.user_id
        && a.gift.gift_id == b.gift.gift_id
}

/// State of `LikeStore`.
#[derive(Debug, Default)]
pub struct LikeState {
    /// Likes since the live started, including our own unconfirmed ones.
    pub total: ArcRwSignal<u64>,
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{TextMessage, gift_catalogue};

    use super::*;
    use crate::sample;

    fn text(text: &str) -> ChatItem {
        ChatItem::Text(TextMessage { sender: sample::user("ann"), text: text.to_owned(), sent_at: 0 })
    }

    fn gift(sender: &str, gift: usize, count: u32, sent_at: Timestamp) -> GiftMessage {
        GiftMessage {
            sender: sample::user(sender),
            receiver: sample::user("owner"),
            to_live_id: sample::live_id("a"),
            gift: gift_catalogue()[gift].clone(),
            count,
            battle_id: None,
            sent_at,
        }
    }

    fn totals(state: &GiftState) -> Vec<(u64, u64)> {
        state.combos.with_untracked(|combos| combos.iter().map(|combo| (combo.id, combo.total)).collect())
    }

    #[test]
    fn the_chat_keeps_the_newest_and_ids_rise() {
        let (state, last_id) = (BarrageState::default(), Cell::new(0));
        state.reset(vec![text("hello")], &last_id);
        for _ in 0..MAX_CHAT_ENTRIES {
            state.append(vec![text("more")], &last_id);
        }
        state.messages.with_untracked(|messages| {
            assert_eq!(messages.len(), MAX_CHAT_ENTRIES);
            assert_eq!(messages.first().map(|entry| entry.id), Some(2));
            assert!(messages.iter().zip(messages.iter().skip(1)).all(|(a, b)| a.id < b.id));
        });
    }

    #[test]
    fn equal_gifts_in_a_row_are_one_combo() {
        let (state, last_id) = (GiftState::default(), Cell::new(0));
        state.add(&gift("ann", 0, 1, 1_000), &last_id);
        state.add(&gift("bob", 0, 1, 1_100), &last_id);
        state.add(&gift("ann", 0, 4, 2_000), &last_id);
        assert_eq!(totals(&state), [(2, 1), (1, 5)]);
    }

    #[test]
    fn a_pause_ends_a_combo() {
        let (state, last_id) = (GiftState::default(), Cell::new(0));
        state.add(&gift("ann", 0, 1, 1_000), &last_id);
        state.add(&gift("ann", 0, 1, 1_000 + COMBO_WINDOW_MS + 1), &last_id);
        assert_eq!(totals(&state), [(2, 1)]);
    }

    #[test]
    fn few_combos_are_shown_at_a_time() {
        let (state, last_id) = (GiftState::default(), Cell::new(0));
        for kind in 0..5 {
            state.add(&gift("ann", kind, 1, 1_000), &last_id);
        }
        assert_eq!(totals(&state).len(), MAX_COMBOS);
    }
}
