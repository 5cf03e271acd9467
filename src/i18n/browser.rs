//! The browser's part: `Intl`, and the texts of the chosen language as a JavaScript object.

use std::cell::RefCell;

use gloo_net::http::{Request, Response};
use js_sys::{Array, Function, Intl, JSON, JsString, Number, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{Language, Unit};

const ZERO: char = '0';
/// Three digits, truncated and not rounded: 999,999 is not yet a million.
const COMPACT: &str = r#"{"notation":"compact","maximumSignificantDigits":3,"maximumFractionDigits":0,"roundingPriority":"morePrecision","roundingMode":"trunc"}"#;
const SECONDS: &str = r#"{"style":"unit","unit":"second","unitDisplay":"short"}"#;
const MINUTES: &str = r#"{"style":"unit","unit":"minute","unitDisplay":"short"}"#;
const SECONDS_SHORT: &str = r#"{"style":"unit","unit":"second","unitDisplay":"narrow"}"#;
const PLAIN: &str = "{}";

thread_local! {
    static SPOKEN: RefCell<Spoken> = RefCell::new(Spoken::new(Language::English, Language::English.tag(), None));
}

/// The chosen language, its texts unless they are built in, and its formatters, which are slow to
/// create.
struct Spoken {
    language: Language,
    texts: Option<JsValue>,
    plural: Intl::PluralRules,
    list: Intl::ListFormat,
    grouped: Function,
    compact: Function,
    seconds: Function,
    minutes: Function,
    seconds_short: Function,
    /// The digit zero of this language; the other nine follow it in Unicode.
    zero: char,
}

impl Spoken {
    fn new(language: Language, tag: &str, texts: Option<JsValue>) -> Self {
        let locales = Array::of1(&tag.into());
        let options = |json: &str| JSON::parse(json).unwrap_or_default().unchecked_into();
        let numbers = |json: &str| Intl::NumberFormat::new(&locales, &options(json)).format();
        let grouped = numbers(PLAIN);
        Self {
            language,
            texts,
            plural: Intl::PluralRules::new(&locales, &options(PLAIN)),
            list: Intl::ListFormat::new(&locales, &options(PLAIN)),
            compact: numbers(COMPACT),
            seconds: numbers(SECONDS),
            minutes: numbers(MINUTES),
            seconds_short: numbers(SECONDS_SHORT),
            zero: format(&grouped, 0).chars().next().unwrap_or(ZERO),
            grouped,
        }
    }
}

fn format(format: &Function, number: u64) -> String {
    let text = format.call1(&JsValue::UNDEFINED, &(number as f64).into());
    text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| number.to_string())
}

fn ask<T>(read: impl FnOnce(&Spoken) -> T) -> T {
    SPOKEN.with_borrow(read)
}

/// Fetches the texts of a language from a server's `locales`; `None` on failure.
pub(super) async fn fetch(base_url: &str, language: Language) -> Option<JsValue> {
    let address = format!("{base_url}/locales/{}.json", language.tag());
    let response = Request::get(&address).send().await.ok().filter(Response::ok)?;
    JSON::parse(&response.text().await.ok()?).ok()
}

/// Activates a language, with the number rules of a regional tag.
pub(super) fn speak(language: Language, tag: &str, texts: Option<JsValue>) {
    SPOKEN.set(Spoken::new(language, tag, texts));
}

/// The text at a path of the chosen language: a key, or a group and a key.
pub(super) fn lookup(path: &[&str]) -> Option<String> {
    let texts = ask(|spoken| spoken.texts.clone())?;
    let found = path.iter().try_fold(texts, |texts, name| Reflect::get(&texts, &JsValue::from_str(name)));
    found.ok()?.as_string()
}

pub(super) fn is_rtl() -> bool {
    ask(|spoken| spoken.language.direction() == "rtl")
}

/// The plural category of a number.
pub(super) fn plural_form(count: u64) -> String {
    ask(|spoken| spoken.plural.select(count as f64).into())
}

/// All digits, grouped.
pub(crate) fn grouped(number: u64) -> String {
    ask(|spoken| format(&spoken.grouped, number))
}

/// Three digits and a suffix: `123K`, `12.3万`.
pub(crate) fn compact(number: u64) -> String {
    ask(|spoken| format(&spoken.compact, number))
}

/// Replaces ASCII digits with those of the language.
pub(crate) fn localize_digits(text: String) -> String {
    let zero = ask(|spoken| spoken.zero);
    if zero == ZERO {
        return text;
    }
    let own = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from(zero) + digit)).unwrap_or(c);
    text.chars().map(own).collect()
}

/// Lower case, by the browser's tables instead of the standard library's.
pub(crate) fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// Whether `part`, which must be in lower case, occurs in a text of any case.
pub(crate) fn has_lower_case(text: &str, part: &str) -> bool {
    JsString::from(text).to_lower_case().includes(part, 0)
}

/// Upper case, by the browser's tables.
pub(crate) fn upper_case(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}

/// Parses a number in JavaScript syntax; `None` if it is none, or not finite.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    let number = Number::from(JsValue::from_str(text)).value_of();
    (!text.is_empty() && number.is_finite()).then_some(number)
}

/// A list as part of a sentence.
pub(crate) fn list(parts: &[String]) -> String {
    let parts: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
    ask(|spoken| spoken.list.format(&parts).into())
}

/// A duration: `45 sec`, `5 min`.
pub(crate) fn units(amount: u64, unit: Unit) -> String {
    ask(|spoken| match unit {
        Unit::Second => format(&spoken.seconds, amount),
        Unit::Minute => format(&spoken.minutes, amount),
    })
}

/// A short duration: `45s`.
pub(crate) fn seconds_short(seconds: u64) -> String {
    ask(|spoken| format(&spoken.seconds_short, seconds))
}
