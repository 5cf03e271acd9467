//! A text of the chosen language, with what is to be filled in.

use std::borrow::Cow;

use super::{
    platform::{grouped, is_rtl, lookup, plural_form},
    words::TEXTS,
};

const COUNT: &str = "count";
/// Stands after each part of `TEXTS`.
const END: char = '\u{1}';
/// First strong isolate and its end: what stands between them is laid out on its own.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A text without anything to fill in; the English one unless another language is chosen and has it.
#[inline(never)]
pub(super) fn say(place: usize) -> String {
    let [key, english, _] = entry(place);
    lookup(&[key]).unwrap_or_else(|| english.to_owned())
}

/// A text with what is filled in, in the order in which the English text names it.
#[inline(never)]
pub(super) fn say_with(place: usize, values: &[&str]) -> String {
    let [key, english, _] = entry(place);
    let text = lookup(&[key]);
    fill(text.as_deref().unwrap_or(english), english, "", values)
}

/// A text in the form that goes with a number, which is filled in as `count`.
#[inline(never)]
pub(super) fn say_count(place: usize, count: u64, values: &[&str]) -> String {
    let [key, one, other] = entry(place);
    let text = lookup(&[&[key, "_", &plural_form(count)].concat()]);
    let text = text.as_deref().unwrap_or(if count == 1 { one } else { other });
    fill(text, other, &grouped(count), values)
}

/// A text of a group of the language files, by a name that is known at run time only.
pub(super) fn say_of(group: &str, name: &str, english: &str) -> String {
    lookup(&[group, name]).unwrap_or_else(|| english.to_owned())
}

/// What stands at a place: a key, then the English text or its two forms. `crates/catalogue` knows the places.
fn entry(place: usize) -> [&'static str; 3] {
    let mut parts = TEXTS.get(place..).unwrap_or_default().split(END);
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

/// Invisible; keeps a sign on the left of what follows. Nothing where one reads from the left anyway.
pub(crate) fn left_to_right_mark() -> &'static str {
    if is_rtl() { "\u{200e}" } else { "" }
}

/// A text with a number and values in place of what it names in braces. `english` says the order of the values.
fn fill(text: &str, english: &str, count: &str, values: &[&str]) -> String {
    let mut filled = String::new();
    for piece in text.split('{') {
        let Some((name, after)) = placeholder(piece) else {
            filled += piece;
            continue;
        };
        if name == COUNT {
            filled += count;
        } else if let Some(value) = position(english, name).and_then(|i| values.get(i)) {
            filled += &isolated(value);
        }
        filled += after;
    }
    filled
}

/// Which of the values an English text calls so.
fn position(english: &str, name: &str) -> Option<usize> {
    let names = english.split('{').filter_map(|piece| Some(placeholder(piece)?.0));
    names.filter(|name| *name != COUNT).position(|other| other == name)
}

/// The name that a piece between opening braces begins with, and what follows its closing braces.
fn placeholder(piece: &str) -> Option<(&str, &str)> {
    let (name, after) = piece.split_once('}')?;
    Some((name.trim(), after.strip_prefix('}').unwrap_or(after)))
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
    use crate::i18n::words;

    #[test]
    fn what_is_filled_in_stands_in_its_place_as_often_as_it_is_named() {
        let fill = |text, values: &[&str]| fill(text, "{{a}}, {{b}}", "", values);
        assert_eq!(fill("{{b}} and {{ a }} and {{b}}", &["x", "y"]), "y and x and y");
        assert_eq!(fill("no braces", &["x", "y"]), "no braces");
        assert_eq!(fill("{{a}}", &["{{b}}", "y"]), "{{b}}");
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
