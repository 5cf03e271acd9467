//! Numbers with rolling digits. While the length of a number is constant only transforms change, so
//! that a new score causes no layout.

use leptos::prelude::*;

use crate::i18n::is_right_to_left;

/// Placeholder for any digit in a shape.
const ANY_DIGIT: char = '0';
const ARABIC_ZERO: char = '\u{660}';
const ARABIC_NINE: char = '\u{669}';

/// The value of a decimal digit, Latin or Arabic.
fn digit(letter: char) -> Option<u32> {
    match letter {
        ARABIC_ZERO..=ARABIC_NINE => Some(u32::from(letter) - u32::from(ARABIC_ZERO)),
        _ => letter.to_digit(10),
    }
}

/// The text with every digit replaced by the placeholder: texts of one shape are drawn by the same
/// elements.
fn shape(text: &str) -> String {
    text.chars().map(|letter| if digit(letter).is_some() { ANY_DIGIT } else { letter }).collect()
}

fn digit_at(text: &str, place: usize) -> u32 {
    text.chars().nth(place).and_then(digit).unwrap_or(0)
}

/// Splits a shape into prefix, digits and suffix: letters of a word stay in one element, so that
/// they join.
fn parts(shape: &str) -> [&str; 3] {
    let is_around = |letter| letter != ANY_DIGIT;
    let from_first = shape.trim_start_matches(is_around);
    let before = shape.strip_suffix(from_first).unwrap_or_default();
    let number = from_first.trim_end_matches(is_around);
    [before, number, from_first.strip_prefix(number).unwrap_or_default()]
}

/// A number with `role="img"` and its text as the label.
#[component]
pub fn Rolling(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let shape = Memo::new(move |_| text.with(|text| shape(text)));
    let is_arabic =
        Memo::new(move |_| text.with(|text| text.contains(|c| matches!(c, ARABIC_ZERO..=ARABIC_NINE))));
    view! {
        <span class="rolling" class:arabic=move || is_arabic.get() role="img" aria-label=move || text.get()>
            {move || shape.with(|shape| picture(text, shape))}
        </span>
    }
}

fn picture(text: Signal<String>, shape: &str) -> impl IntoView + use<> {
    let [before, number, after] = parts(shape);
    let start = before.chars().count();
    let letter = move |(place, letter): (usize, char)| match letter {
        ANY_DIGIT => view! { <Digit text place=start + place /> }.into_any(),
        other => view! { <span>{other}</span> }.into_any(),
    };
    let is_turned = [before, after].concat().chars().any(is_right_to_left);
    view! {
        <span class="number" class:turned=is_turned>
            <span>{before.to_owned()}</span>
            <span class="digits">{number.chars().enumerate().map(letter).collect_view()}</span>
            <span>{after.to_owned()}</span>
        </span>
    }
}

#[component]
fn Digit(text: Signal<String>, place: usize) -> impl IntoView {
    let value = Memo::new(move |_| text.with(|text| digit_at(text, place)));
    view! { <span class="digit" style=("--digit", move || value.get().to_string())></span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_shape_differ_in_their_digits_only() {
        assert_eq!(shape("1234"), shape("9870"));
        assert_eq!(shape("4.56M"), shape("7.01M"));
        assert_ne!(shape("999"), shape("1000"));
        assert_ne!(shape("4.56M"), shape("4.56K"));
    }

    #[test]
    fn the_word_of_a_number_stays_whole() {
        assert_eq!(parts("000.0K"), ["", "000.0", "K"]);
        assert_eq!(parts("0٫00 مليون"), ["", "0٫00", " مليون"]);
        assert_eq!(parts("+0"), ["+", "0", ""]);
        assert_eq!(parts("∞"), ["∞", "", ""]);
    }

    #[test]
    fn a_digit_has_its_value_in_either_script() {
        assert_eq!([0, 1, 2, 3].map(|place| digit_at("4.56M", place)), [4, 0, 5, 6]);
        assert_eq!([0, 1].map(|place| digit_at("٤٢", place)), [4, 2]);
        assert_eq!(shape("٤٢"), shape("17"));
    }
}
