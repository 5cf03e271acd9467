//! A text of the chosen language, with what is to be filled in.

use std::borrow::Cow;

use super::platform::{grouped, is_rtl, lookup, plural_form};

const COUNT: &str = "count";
/// First strong isolate and its end: what stands between them is laid out on its own.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A text; `english` unless another language is chosen and has it.
#[inline(never)]
pub(super) fn say(key: &str, english: &str, values: &[(&str, &str)]) -> String {
    match lookup(key) {
        Some(text) => fill(&text, values),
        None => fill(english, values),
    }
}

/// A text of a group of the language files, by a name that is known at run time only.
#[inline(never)]
pub(super) fn say_of(group: &str, name: &str, english: &str) -> String {
    lookup(&format!("{group}.{name}")).unwrap_or_else(|| english.to_owned())
}

/// A text in the form that goes with a number, which is filled in as `count`.
#[inline(never)]
pub(super) fn say_count(key: &str, english: [&str; 2], count: u64, values: &[(&str, &str)]) -> String {
    let [one, other] = english;
    let text = lookup(&format!("{key}_{}", plural_form(count)));
    let text = text.as_deref().unwrap_or(if count == 1 { one } else { other });
    fill(&text.replace(&placeholder(COUNT), &grouped(count)), values)
}

/// Invisible; keeps a sign on the left of what follows. Nothing where one reads from the left anyway.
pub(crate) fn left_to_right_mark() -> &'static str {
    if is_rtl() { "\u{200e}" } else { "" }
}

fn placeholder(name: &str) -> String {
    ["{{", name, "}}"].concat()
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&placeholder(name), &isolated(value)))
}

/// Keeps a name that is written the other way from turning the sentence around it.
fn isolated(value: &str) -> Cow<'_, str> {
    let is_mixed = is_rtl() || value.chars().any(is_right_to_left);
    if !is_mixed {
        return Cow::Borrowed(value);
    }
    let [start, end] = ISOLATE;
    Cow::Owned(format!("{start}{value}{end}"))
}

/// Whether a letter is of Hebrew, Arabic or a neighbour.
pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_stands_in_its_place_as_often_as_it_is_named() {
        assert_eq!(fill("{{a}} and {{b}} and {{a}}", &[("a", "x"), ("b", "y")]), "x and y and x");
        assert_eq!(fill("no braces", &[("a", "x")]), "no braces");
    }

    #[test]
    fn a_number_chooses_its_form_and_is_grouped() {
        let coins = |count| say_count("coins", ["{{count}} coin", "{{count}} coins"], count, &[]);
        assert_eq!([coins(0), coins(1), coins(12_345)], ["0 coins", "1 coin", "12,345 coins"]);
    }

    #[test]
    fn a_name_that_is_written_the_other_way_does_not_turn_the_sentence() {
        assert_eq!(fill("{{name}} is busy.", &[("name", "سارة")]), "\u{2068}سارة\u{2069} is busy.");
        assert_eq!(fill("{{name}} is busy.", &[("name", "李小龙")]), "李小龙 is busy.");
    }
}
