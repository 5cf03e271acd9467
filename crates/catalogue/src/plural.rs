//! The plural forms of a language, by CLDR. At run time the browser's `Intl.PluralRules` picks one.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// Every plural form.
pub(crate) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms that a language needs; `None` for what is no language tag.
pub(crate) fn needed(language: &str) -> Option<Vec<&'static str>> {
    let locale: Locale = language.parse().ok()?;
    let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()?;
    Some(rules.categories().map(name).collect())
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_those_of_cldr() {
        let forms = |language| {
            let mut forms = needed(language)?;
            forms.sort_unstable();
            Some(forms)
        };
        assert_eq!(forms("ja"), Some(vec!["other"]));
        assert_eq!(forms("en"), Some(vec!["one", "other"]));
        assert_eq!(forms("es"), Some(vec!["many", "one", "other"]));
        assert_eq!(forms("zh-Hans"), Some(vec!["other"]));
        assert_eq!(forms("ar").map(|forms| forms.len()), Some(6));
        assert_eq!(forms("no language"), None);
    }
}
