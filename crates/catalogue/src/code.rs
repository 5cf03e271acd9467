//! The functions: one for each message, with an argument for everything that is filled in.

use std::{collections::BTreeSet, fmt::Write};

use crate::texts::{Message, Texts, placeholders};

const COUNT: &str = "count";

/// The code of a module that has `say` and `say_count` in scope.
pub(crate) fn write(reference: &Texts) -> String {
    let mut code = String::new();
    for (key, message) in &reference.messages {
        let written = match message {
            Message::Plain(text) => plain(&mut code, key, text),
            Message::Plural(forms) => {
                let form = |category: &str| forms.get(category).map_or("", String::as_str);
                plural(&mut code, key, form("one"), form("other"))
            }
        };
        written.expect("a String takes everything");
    }
    code
}

fn plain(code: &mut String, key: &str, text: &str) -> std::fmt::Result {
    let names = placeholders(text);
    writeln!(code, "/// {}", doc(text))?;
    writeln!(code, "pub fn {key}({}) -> String {{", parameters(&names))?;
    writeln!(code, "    say({key:?}, {text:?}, &[{}])\n}}", arguments(&names))
}

fn plural(code: &mut String, key: &str, one: &str, other: &str) -> std::fmt::Result {
    let mut names = placeholders(other);
    names.remove(COUNT);
    let rest = parameters(&names);
    let comma = if rest.is_empty() { "" } else { ", " };
    writeln!(code, "/// {}", doc(other))?;
    writeln!(code, "pub fn {key}({COUNT}: u64{comma}{rest}) -> String {{")?;
    writeln!(code, "    say_count({key:?}, [{one:?}, {other:?}], {COUNT}, &[{}])\n}}", arguments(&names))
}

fn parameters(names: &BTreeSet<String>) -> String {
    names.iter().map(|name| format!("{name}: &str")).collect::<Vec<_>>().join(", ")
}

fn arguments(names: &BTreeSet<String>) -> String {
    names.iter().map(|name| format!("({name:?}, {name})")).collect::<Vec<_>>().join(", ")
}

fn doc(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_becomes_arguments() {
        let texts = Texts::parse(
            r#"{"to": "To", "hi": "{{name}}: {{why}}", "n_one": "{{count}} by {{who}}", "n_other": "{{count}}s by {{who}}"}"#,
        );
        let code = write(&texts.unwrap());
        for line in [
            "pub fn to() -> String {",
            r#"    say("to", "To", &[])"#,
            "pub fn hi(name: &str, why: &str) -> String {",
            r#"    say("hi", "{{name}}: {{why}}", &[("name", name), ("why", why)])"#,
            "pub fn n(count: u64, who: &str) -> String {",
            r#"    say_count("n", ["{{count}} by {{who}}", "{{count}}s by {{who}}"], count, &[("who", who)])"#,
        ] {
            assert!(code.lines().any(|written| written == line), "{line} is not in\n{code}");
        }
    }
}
