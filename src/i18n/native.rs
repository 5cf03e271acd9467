//! English without a browser, so that texts of components can be tested natively.

use wasm_bindgen::JsValue;

use super::{Language, Unit};

pub(super) async fn fetch(_base_url: &str, _language: Language) -> Option<JsValue> {
    None
}

pub(super) fn speak(_language: Language, _tag: &str, _texts: Option<JsValue>) {}

pub(super) fn lookup(_path: &[&str]) -> Option<String> {
    None
}

pub(super) fn is_rtl() -> bool {
    false
}

pub(super) fn plural_form(count: u64) -> String {
    if count == 1 { "one" } else { "other" }.to_owned()
}

/// All digits, grouped.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Three digits and a suffix: `123K`, `4.56M`.
pub(crate) fn compact(number: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")];
    let Some((divisor, unit)) = UNITS.into_iter().find(|(divisor, _)| number >= *divisor) else {
        return number.to_string();
    };
    let (whole, hundredths) = (number / divisor, number % divisor * 100 / divisor);
    let text = match whole {
        0..=9 => format!("{whole}.{hundredths:02}"),
        10..=99 => format!("{whole}.{}", hundredths / 10),
        _ => whole.to_string(),
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{unit}")
}

pub(crate) fn localize_digits(text: String) -> String {
    text
}

pub(crate) fn lower_case(text: &str) -> String {
    text.to_lowercase()
}

/// Whether `part`, which must be in lower case, occurs in a text of any case.
pub(crate) fn has_lower_case(text: &str, part: &str) -> bool {
    lower_case(text).contains(part)
}

pub(crate) fn upper_case(text: &str) -> String {
    text.to_uppercase()
}

pub(crate) fn parse_number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A list as part of a sentence.
pub(crate) fn list(parts: &[String]) -> String {
    parts.join(" and ")
}

/// A duration: `45 sec`, `5 min`.
pub(crate) fn units(amount: u64, unit: Unit) -> String {
    match unit {
        Unit::Second => format!("{amount} sec"),
        Unit::Minute => format!("{amount} min"),
    }
}

/// A short duration: `45s`.
pub(crate) fn seconds_short(seconds: u64) -> String {
    format!("{seconds}s")
}
