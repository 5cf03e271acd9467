//! The functions: one for each message, with an argument for each placeholder.

use std::fmt::{Result, Write};

use crate::texts::{Message, Texts, placeholders};

const COUNT: &str = "count";

/// The code of a module that has `text`, `text_with` and `text_of_count` in scope. A function looks
/// its message up by key and has the English text as the fallback.
pub(crate) fn write(reference: &Texts) -> String {
    let mut code = String::new();
    for (key, message) in &reference.messages {
        let written = match message {
            Message::Plain(text) => plain(&mut code, key, text),
            Message::Plural(forms) => {
                let [one, other] = ["one", "other"].map(|form| forms.get(form).map_or("", String::as_str));
                plural(&mut code, key, [one, other])
            }
        };
        written.expect("writing to a String does not fail");
    }
    code
}

fn plain(code: &mut String, key: &str, english: &str) -> Result {
    let values = values(english);
    writeln!(code, "/// {}", doc(english))?;
    writeln!(code, "pub fn {key}({}) -> String {{", parameters(english))?;
    if values.is_empty() {
        writeln!(code, "    text({key:?}, {english:?})\n}}")
    } else {
        writeln!(code, "    text_with({key:?}, {english:?}, &[{values}])\n}}")
    }
}

fn plural(code: &mut String, key: &str, english: [&str; 2]) -> Result {
    let [_, other] = english;
    let rest = parameters(other);
    let comma = if rest.is_empty() { "" } else { ", " };
    writeln!(code, "/// {}", doc(other))?;
    writeln!(code, "pub fn {key}({COUNT}: u64{comma}{rest}) -> String {{")?;
    writeln!(code, "    text_of_count({key:?}, {english:?}, {COUNT}, &[{}])\n}}", values(other))
}

/// The arguments, by name.
fn parameters(text: &str) -> String {
    let names = placeholders(text).into_iter().filter(|name| name != COUNT);
    names.map(|name| format!("{name}: &str")).collect::<Vec<_>>().join(", ")
}

/// The same arguments as pairs of name and value.
fn values(text: &str) -> String {
    let names = placeholders(text).into_iter().filter(|name| name != COUNT);
    names.map(|name| format!("({name:?}, {name})")).collect::<Vec<_>>().join(", ")
}

fn doc(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> String {
        let json = r#"{"to": "To", "hi": "{{who}}: {{how}}", "n_one": "{{count}} by {{who}}", "n_other": "{{count}}s by {{who}}"}"#;
        write(&Texts::parse(json).unwrap())
    }

    #[test]
    fn placeholders_become_arguments() {
        let code = code();
        for line in [
            "pub fn hi(how: &str, who: &str) -> String {",
            r#"    text_with("hi", "{{who}}: {{how}}", &[("how", how), ("who", who)])"#,
            "pub fn n(count: u64, who: &str) -> String {",
            r#"    text_of_count("n", ["{{count}} by {{who}}", "{{count}}s by {{who}}"], count, &[("who", who)])"#,
            "pub fn to() -> String {",
            r#"    text("to", "To")"#,
        ] {
            assert!(code.lines().any(|written| written == line), "{line} is not in\n{code}");
        }
    }
}
