//! Which forms of a word a language has for whole numbers, by CLDR. At run time the browser's `Intl.PluralRules` picks one.

/// Every form there is.
pub(crate) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms that a language needs; `None` for one that nobody has looked up yet.
pub(crate) fn needed(language: &str) -> Option<&'static [&'static str]> {
    let base = language.split('-').next().unwrap_or(language);
    Some(match base {
        "id" | "ja" | "ko" | "ms" | "th" | "vi" | "zh" => &["other"],
        "de" | "en" | "hi" | "nl" | "sv" | "tr" => &["one", "other"],
        "es" | "fr" | "it" | "pt" => &["one", "many", "other"],
        "pl" | "ru" | "uk" => &["one", "few", "many", "other"],
        "ar" => &CATEGORIES,
        _ => return None,
    })
}
