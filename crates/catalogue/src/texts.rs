//! What a language file holds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::plural::CATEGORIES;

/// A text, or its forms by plural category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Plain(String),
    Plural(BTreeMap<String, String>),
}

/// The texts of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Each becomes a function.
    pub messages: BTreeMap<String, Message>,
    /// Objects of texts that are looked up by names known at run time only: no functions.
    pub groups: BTreeMap<String, BTreeMap<String, String>>,
}

impl Texts {
    /// Reads a language file.
    ///
    /// # Errors
    /// A sentence, when it is not an object of texts and objects of texts.
    pub fn parse(json: &str) -> Result<Self, String> {
        let file: BTreeMap<String, Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut texts = Self::default();
        for (key, value) in file {
            match value {
                Value::String(text) => texts.add(&key, text)?,
                Value::Object(group) => {
                    let text = |(name, value): (String, Value)| match value {
                        Value::String(text) => Ok((name, text)),
                        Value::Null
                        | Value::Bool(_)
                        | Value::Number(_)
                        | Value::Array(_)
                        | Value::Object(_) => Err(format!("{key}.{name} is not a text")),
                    };
                    let group = group.into_iter().map(text).collect::<Result<_, _>>()?;
                    texts.groups.insert(key, group);
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                    return Err(format!("{key} is neither a text nor an object of texts"));
                }
            }
        }
        Ok(texts)
    }

    fn add(&mut self, key: &str, text: String) -> Result<(), String> {
        let clash = || format!("{key} is both a text and a plural form");
        let Some((stem, category)) = key.rsplit_once('_').filter(|(_, end)| CATEGORIES.contains(end)) else {
            let before = self.messages.insert(key.to_owned(), Message::Plain(text));
            return before.is_none().then_some(()).ok_or_else(clash);
        };
        let message = self.messages.entry(stem.to_owned());
        match message.or_insert_with(|| Message::Plural(BTreeMap::new())) {
            Message::Plural(forms) => drop(forms.insert(category.to_owned(), text)),
            Message::Plain(_) => return Err(clash()),
        }
        Ok(())
    }
}

/// The names between `{{` and `}}`, as often as they stand there.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim()))
}

/// What is filled in, each once.
pub(crate) fn placeholders(text: &str) -> BTreeSet<String> {
    names(text).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_one_message() {
        let texts =
            Texts::parse(r#"{"coins_one": "{{count}} coin", "coins_other": "{{count}} coins", "to": "To"}"#);
        let texts = texts.unwrap();
        assert_eq!(texts.messages.len(), 2);
        assert!(matches!(&texts.messages["coins"], Message::Plural(forms) if forms.len() == 2));
        assert_eq!(texts.messages["to"], Message::Plain("To".to_owned()));
    }

    #[test]
    fn placeholders_are_found_anywhere_in_a_text() {
        let names: Vec<_> = placeholders("{{name}}: {{reason}} {{ count }}").into_iter().collect();
        assert_eq!(names, ["count", "name", "reason"]);
        assert!(placeholders("no {braces}").is_empty());
    }

    #[test]
    fn a_number_is_no_text() {
        assert!(Texts::parse(r#"{"a": 1}"#).is_err());
        assert!(Texts::parse(r#"{"a": {"b": 1}}"#).is_err());
    }
}
