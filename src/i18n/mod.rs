//! Internationalisation: the current language, its texts, and its number formats.
//!
//! English is built into the wasm; another language is a file of `locales/`, fetched when chosen,
//! and looked up by key. Plural forms and numbers are formatted by the browser's `Intl`. A text is
//! a plain `String` in the language at the time of the call: components with texts are children of
//! [`InLanguage`], which redraws them when the language changes.

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

/// The texts, one function each. Generated from `locales/en.json` by the build script, which also
/// checks the other languages against it.
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
