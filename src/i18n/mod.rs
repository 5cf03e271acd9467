//! Languages: which one is shown, its texts, and numbers as its readers write them.
//!
//! English is inside the wasm; another language is a file of `locales/` that is fetched when it is chosen, and looked up by key.
//! Plural forms and numbers are the work of the browser's `Intl`. A text is a plain `String` at the moment it is asked for: what
//! shows texts stands in [`InLanguage`], which redraws it when the language changes.

mod chosen;
mod explain;
mod language;
mod switch;
mod text;
mod unit;

#[cfg(target_arch = "wasm32")]
#[path = "browser.rs"]
mod platform;
#[cfg(not(target_arch = "wasm32"))]
#[path = "native.rs"]
mod platform;

/// The texts, a function each. Made from `locales/en.json` by the build script, which holds the other languages to it.
pub(crate) mod words {
    use super::text::{text, text_of_count, text_with};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use explain::{Explain, gift_name};
pub use language::Language;
pub(crate) use platform::{
    compact, grouped, has_lower_case, list, localize_digits, lower_case, parse_number, seconds_short, units,
    upper_case,
};
pub use switch::{InLanguage, LanguageRoot, choose, clear_subscribers, start, use_language};
pub(crate) use text::{is_right_to_left, left_to_right_mark};
pub(crate) use unit::Unit;
