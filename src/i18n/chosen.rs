//! Which language a reader wants: the address says it, else what was chosen here before, else the browser.

use web_sys::{Storage, UrlSearchParams};

use super::Language;

const STORAGE_KEY: &str = "duelcast.language";
/// For pages that show this one in a frame: `?lang=ar`.
const PARAMETER: &str = "lang";

/// Tags, most wanted first.
pub(super) fn wanted_tags() -> Vec<String> {
    let chosen = of_address().or_else(remembered);
    chosen.into_iter().chain(of_browser()).collect()
}

/// Tags that may name the reader's region; what was chosen here before names none.
pub(super) fn region_tags() -> Vec<String> {
    of_address().into_iter().chain(of_browser()).collect()
}

/// Chooses it for the next visit as well. Without storage it lasts as long as the page.
pub(super) fn remember(language: Language) {
    if let Some(storage) = storage() {
        drop(storage.set_item(STORAGE_KEY, language.tag()));
    }
}

fn of_address() -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(PARAMETER)
}

fn remembered() -> Option<String> {
    storage()?.get_item(STORAGE_KEY).ok()?
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn of_browser() -> Vec<String> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}
