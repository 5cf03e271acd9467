//! The texts in one constant, and the functions: one for each message, with an argument for everything that is filled in.

use std::fmt::{Result, Write};

use crate::texts::{Message, Texts, names, placeholders};

const COUNT: &str = "count";
/// No text has this in it, and it looks like nothing else in a literal.
const END: char = '\u{1}';

/// The code of a module that has `say`, `say_with` and `say_count` in scope. A text is known by its place in `TEXTS`, where its
/// key comes first, then the text or its two English forms, each with [`END`] after it.
pub(crate) fn write(reference: &Texts) -> String {
    let (mut code, mut texts) = (String::new(), String::new());
    for (key, message) in &reference.messages {
        let place = texts.len();
        let (written, forms) = match message {
            Message::Plain(text) => (plain(&mut code, key, place, text), vec![text.as_str()]),
            Message::Plural(forms) => {
                let [one, other] = ["one", "other"].map(|form| forms.get(form).map_or("", String::as_str));
                (plural(&mut code, key, place, other), vec![one, other])
            }
        };
        written.expect("a String takes everything");
        for part in [key.as_str()].into_iter().chain(forms) {
            texts.push_str(part);
            texts.push(END);
        }
    }
    format!("pub const TEXTS: &str = {texts:?};\n{code}")
}

fn plain(code: &mut String, key: &str, place: usize, text: &str) -> Result {
    let values = values(text);
    writeln!(code, "/// {}", doc(text))?;
    writeln!(code, "pub fn {key}({}) -> String {{", parameters(text))?;
    if values.is_empty() {
        writeln!(code, "    say({place})\n}}")
    } else {
        writeln!(code, "    say_with({place}, &[{values}])\n}}")
    }
}

fn plural(code: &mut String, key: &str, place: usize, other: &str) -> Result {
    let rest = parameters(other);
    let comma = if rest.is_empty() { "" } else { ", " };
    writeln!(code, "/// {}", doc(other))?;
    writeln!(code, "pub fn {key}({COUNT}: u64{comma}{rest}) -> String {{")?;
    writeln!(code, "    say_count({place}, {COUNT}, &[{}])\n}}", values(other))
}

/// The arguments, by name.
fn parameters(text: &str) -> String {
    let names = placeholders(text).into_iter().filter(|name| name != COUNT);
    names.map(|name| format!("{name}: &str")).collect::<Vec<_>>().join(", ")
}

/// The same arguments in the order in which the English text names them.
fn values(text: &str) -> String {
    names(text).filter(|name| *name != COUNT).collect::<Vec<_>>().join(", ")
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
    fn what_is_filled_in_becomes_arguments() {
        let code = code();
        for line in [
            "pub fn hi(how: &str, who: &str) -> String {",
            "    say_with(0, &[who, how])",
            "pub fn n(count: u64, who: &str) -> String {",
            "    say_count(20, count, &[who])",
            "pub fn to() -> String {",
            "    say(65)",
        ] {
            assert!(code.lines().any(|written| written == line), "{line} is not in\n{code}");
        }
    }

    #[test]
    fn texts_stand_one_after_the_other_behind_their_keys() {
        let texts = r#"hi\u{1}{{who}}: {{how}}\u{1}n\u{1}{{count}} by {{who}}\u{1}{{count}}s by {{who}}\u{1}to\u{1}To\u{1}"#;
        assert_eq!(code().lines().next(), Some(&*format!("pub const TEXTS: &str = \"{texts}\";")));
    }
}
