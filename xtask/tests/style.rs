//! What looks, and how large it is, comes from `style/tokens.css`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs, path::Path};

const TOKENS: &str = "tokens.css";
/// Properties whose values must be tokens, with what may stand beside them.
const MEASURED: [&str; 26] = [
    "animation",
    "border",
    "border-radius",
    "bottom",
    "flex-basis",
    "font",
    "gap",
    "grid",
    "left",
    "line-height",
    "height",
    "inset",
    "margin",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "outline",
    "padding",
    "right",
    "row-gap",
    "top",
    "transition",
    "width",
    "--face",
    "--gap",
];
/// Lengths and times that may stand anywhere, and why.
const ALLOWED: [&str; 3] = [
    // Off screen, for screen readers only.
    "-1px", "1px", // Motion that is not wanted is over before it is seen.
    "0.01ms",
];
const UNITS: [&str; 4] = ["px", "rem", "ms", "s"];

struct Sheet {
    name: String,
    text: String,
}

fn sheets() -> Vec<Sheet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let mut sheets: Vec<Sheet> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| Sheet {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            text: without_comments(&fs::read_to_string(path).unwrap()),
        })
        .collect();
    sheets.sort_by(|a, b| a.name.cmp(&b.name));
    sheets
}

fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    kept + rest
}

/// `(property, value)` of every declaration outside of media queries' own conditions.
fn declarations(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(['{', '}', ';']).filter_map(|part| {
        let (property, value) = part.split_once(':')?;
        let property = property.trim();
        let is_property = property.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        is_property.then_some((property, value.trim()))
    })
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '/' | '*' | '+'))
}

fn is_measure(word: &str) -> bool {
    let digits = word.trim_start_matches('-');
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && UNITS.iter().any(|unit| {
            digits.strip_suffix(unit).is_some_and(|number| number.parse::<f64>().is_ok_and(|n| n != 0.0))
        })
}

fn is_colour(word: &str) -> bool {
    const FUNCTIONS: [&str; 6] = ["rgb", "rgba", "hsl", "hsla", "oklch", "lab"];
    const NAMES: [&str; 8] = ["white", "black", "red", "green", "blue", "gray", "grey", "silver"];
    let is_hex = word
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() >= 3 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    is_hex || FUNCTIONS.contains(&word) || NAMES.contains(&word)
}

#[test]
fn no_colour_is_named_outside_the_tokens() {
    for Sheet { name, text } in sheets().iter().filter(|sheet| sheet.name != TOKENS) {
        for (property, value) in declarations(text) {
            assert!(!words(value).any(is_colour), "{name}: {property}: {value}");
        }
    }
}

#[test]
fn no_length_or_time_is_named_outside_the_tokens() {
    let mut found = Vec::new();
    for Sheet { name, text } in sheets().iter().filter(|sheet| sheet.name != TOKENS) {
        for (property, value) in declarations(text) {
            let is_measured = MEASURED.iter().any(|measured| {
                property == *measured
                    || property.strip_prefix(measured).is_some_and(|rest| rest.starts_with('-'))
            });
            let odd = words(value).filter(|word| is_measure(word) && !ALLOWED.contains(word));
            found.extend(
                odd.filter(|_| is_measured).map(|word| format!("{name}: {property}: {value} ({word})")),
            );
        }
    }
    assert!(found.is_empty(), "{} literals:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_token_that_is_used_is_defined() {
    let sheets = sheets();
    let all: String = sheets.iter().map(|sheet| sheet.text.as_str()).collect();
    let defined: BTreeSet<&str> = all
        .split(['{', '}', ';'])
        .filter_map(|part| part.split_once(':').map(|(name, _)| name.trim()))
        .filter(|name| name.starts_with("--"))
        .chain(all.split("@property ").skip(1).filter_map(|rest| rest.split_whitespace().next()))
        .chain(FROM_COMPONENTS)
        .collect();
    let used = all.split("var(").skip(1).filter_map(|rest| rest.split(')').next());
    let has_no_other = |name: &&str| !name.contains(',');
    let missing: BTreeSet<&str> = used.filter(has_no_other).filter(|name| !defined.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Set by components on elements, each for its own.
const FROM_COMPONENTS: [&str; 12] = [
    "--aspect",
    "--column",
    "--columns",
    "--digit",
    "--hue",
    "--level",
    "--loud",
    "--pulled",
    "--row",
    "--safe",
    "--scale",
    "--face",
];
