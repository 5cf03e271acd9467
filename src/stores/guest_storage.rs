//! Storage of guests, shared by all pages of a browser. Each page claims one, so that two windows
//! are two users, and a page that is closed and reopened keeps its user.

use duelcast_protocol::UserId;
use gloo_timers::future::TimeoutFuture;
use web_sys::Storage;

use super::{guest::Guest, tab_lock};

/// All guests of this browser, newest first.
const GUESTS_KEY: &str = "duelcast.guests";
/// The user of this page; survives a reload.
const MINE_KEY: &str = "duelcast.userId";
/// Maximum number of stored guests.
const MAX_GUESTS: usize = 8;
/// Number of attempts of a reloaded page to claim its own user, and the delay between them.
const RELOAD_ATTEMPTS: u32 = 5;
const RELOAD_PAUSE_MS: u32 = 100;

fn of_browser() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn of_page() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn read() -> Vec<Guest> {
    let text = of_browser().and_then(|storage| storage.get_item(GUESTS_KEY).ok()?);
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn write(guests: &[Guest]) {
    if let (Some(storage), Ok(text)) = (of_browser(), serde_json::to_string(guests)) {
        drop(storage.set_item(GUESTS_KEY, &text));
    }
}

fn mine() -> Option<UserId> {
    let text = of_page()?.get_item(MINE_KEY).ok()??;
    UserId::new(text).ok()
}

fn set_mine(user_id: &UserId) {
    if let Some(storage) = of_page() {
        drop(storage.set_item(MINE_KEY, user_id.as_str()));
    }
}

/// Claims the first valid guest that no other page uses; this page's own guest is tried first.
pub(crate) async fn claim(is_good: impl Fn(&Guest) -> bool) -> Option<Guest> {
    let mut guests = read();
    guests.retain(is_good);
    let mine = mine();
    if let Some(place) = guests.iter().position(|guest| mine.as_ref() == Some(&guest.user_id)) {
        guests[..=place].rotate_right(1);
    }
    for guest in guests {
        let is_mine = mine.as_ref() == Some(&guest.user_id);
        if claim_patiently(&guest.user_id, if is_mine { RELOAD_ATTEMPTS } else { 1 }).await {
            set_mine(&guest.user_id);
            return Some(guest);
        }
    }
    None
}

/// Claims with retries: after a reload, the old page may hold its claim a moment longer.
async fn claim_patiently(user_id: &UserId, attempts: u32) -> bool {
    for attempt in 1..=attempts {
        if tab_lock::claim(user_id).await {
            return true;
        }
        if attempt < attempts {
            TimeoutFuture::new(RELOAD_PAUSE_MS).await;
        }
    }
    false
}

/// Stores a guest as this page's own.
pub(crate) async fn store(guest: &Guest) {
    tab_lock::claim(&guest.user_id).await;
    set_mine(&guest.user_id);
    let mut guests = read();
    guests.retain(|other| other.user_id != guest.user_id);
    guests.insert(0, guest.clone());
    guests.truncate(MAX_GUESTS);
    write(&guests);
}

/// Removes this page's own guest.
pub(crate) fn forget() {
    let Some(mine) = mine() else { return };
    let mut guests = read();
    guests.retain(|guest| guest.user_id != mine);
    write(&guests);
    if let Some(storage) = of_page() {
        drop(storage.remove_item(MINE_KEY));
    }
}
