//! Texts of the chosen language with placeholders.

use std::borrow::Cow;

use super::platform::{grouped, is_rtl, lookup, plural_form};

const COUNT: &str = "count";
/// First-strong isolate and its end: the bidi algorithm treats the text between them separately.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The text of a key in the chosen language, else the English one.
pub(super) fn text(key: &str, english: &str) -> String {
    lookup(&[key]).unwrap_or_else(|| english.to_owned())
}

/// Like [`text`], with values for the named placeholders.
pub(super) fn text_with(key: &str, english: &str, values: &[(&str, &str)]) -> String {
    fill(&text(key, english), values)
}

/// The plural form of a text for `count`, with values for its placeholders. `english` has the forms
/// `one` and `other`.
pub(super) fn text_of_count(key: &str, english: [&str; 2], count: u64, values: &[(&str, &str)]) -> String {
    let [one, other] = english;
    let form = format!("{key}_{}", plural_form(count));
    let text = text(&form, if count == 1 { one } else { other });
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, isolated(value))).collect();
    let count = grouped(count);
    let values = values.iter().map(|(name, value)| (*name, &**value)).chain([(COUNT, &*count)]);
    replace(&text, values)
}

/// A text of a group of the language files, by a key that is known only at run time.
pub(super) fn say_of(group: &str, name: &str, english: &str) -> String {
    lookup(&[group, name]).unwrap_or_else(|| english.to_owned())
}

/// A left-to-right mark, which keeps a sign on the left of what follows; empty in left-to-right
/// languages.
pub(crate) fn left_to_right_mark() -> &'static str {
    if is_rtl() { "\u{200e}" } else { "" }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, isolated(value))).collect();
    replace(text, values.iter().map(|(name, value)| (*name, &**value)))
}

/// Replaces each `{{name}}` by its value. Values are not searched for placeholders.
fn replace<'a>(text: &str, values: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        filled += before;
        filled += values.clone().find(|(other, _)| *other == name.trim()).map_or("", |(_, value)| value);
        rest = after;
    }
    filled + rest
}

/// Isolates a value that starts in the other direction, so that it does not reorder the sentence.
fn isolated(value: &str) -> Cow<'_, str> {
    let is_mixed = is_rtl() || value.chars().any(is_right_to_left);
    if !is_mixed {
        return Cow::Borrowed(value);
    }
    let [start, end] = ISOLATE;
    Cow::Owned(format!("{start}{value}{end}"))
}

/// Whether a letter is Hebrew, Arabic or of a related script.
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::words;

    #[test]
    fn a_placeholder_gets_its_value_as_often_as_it_occurs() {
        let fill = |text, values: [&str; 2]| fill(text, &[("a", values[0]), ("b", values[1])]);
        assert_eq!(fill("{{b}} and {{ a }} and {{b}}", ["x", "y"]), "y and x and y");
        assert_eq!(fill("no braces", ["x", "y"]), "no braces");
        assert_eq!(fill("{{a}}", ["{{b}}", "y"]), "{{b}}");
    }

    #[test]
    fn a_number_chooses_its_form_and_is_grouped() {
        let coins = words::coins_count;
        assert_eq!([coins(0), coins(1), coins(12_345)], ["0 coins", "1 coin", "12,345 coins"]);
    }

    #[test]
    fn a_name_that_is_written_the_other_way_does_not_turn_the_sentence() {
        assert_eq!(words::came_in("سارة"), "\u{2068}سارة\u{2069} came in");
        assert_eq!(words::came_in("李小龙"), "李小龙 came in");
    }
}
