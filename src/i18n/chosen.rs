//! The preferred language: from the address, else from an earlier choice, else from the browser.

use web_sys::{Storage, UrlSearchParams};

use super::Language;

const STORAGE_KEY: &str = "duelcast.language";
/// Query parameter for pages that embed this one in a frame: `?lang=ar`.
const PARAMETER: &str = "lang";

/// Language tags, the most preferred first.
pub(super) fn wanted_tags() -> Vec<String> {
    let chosen = of_address().or_else(remembered);
    chosen.into_iter().chain(of_browser()).collect()
}

/// Tags that may contain the user's region; an earlier choice does not.
pub(super) fn region_tags() -> Vec<String> {
    of_address().into_iter().chain(of_browser()).collect()
}

/// Stores the choice for the next visit. Without storage it lasts until the page is closed.
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
