//! Holds a language to the reference: every text, the same things filled in, every plural form.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Fault,
    plural::needed,
    texts::{Message, Texts, names, placeholders},
};

/// What a plural form may leave out, since the word alone can say "one" or "two".
const COUNT: &str = "count";

/// Everything that is wrong with a language.
pub(crate) fn faults(language: &str, texts: &Texts, reference: &Texts) -> Vec<Fault> {
    let Some(categories) = needed(language) else {
        return vec![Fault::new(language, "the name of the file is not a language tag")];
    };
    let mut problems = differing_keys(&texts.messages, &reference.messages, "");
    for (key, message) in &texts.messages {
        if let Some(expected) = reference.messages.get(key) {
            problems.extend(message_problems(key, message, expected, &categories));
        }
    }
    problems.extend(differing_keys(&texts.groups, &reference.groups, ""));
    for (name, group) in &texts.groups {
        if let Some(expected) = reference.groups.get(name) {
            problems.extend(differing_keys(group, expected, &format!("{name}.")));
        }
        let empty = group.iter().filter(|(_, text)| text.trim().is_empty());
        problems.extend(empty.map(|(key, _)| format!("{name}.{key} is empty")));
    }
    problems.into_iter().map(|problem| Fault::new(language, problem)).collect()
}

fn differing_keys<T>(own: &BTreeMap<String, T>, expected: &BTreeMap<String, T>, before: &str) -> Vec<String> {
    let missing = expected.keys().filter(|key| !own.contains_key(*key));
    let unknown = own.keys().filter(|key| !expected.contains_key(*key));
    let missing = missing.map(|key| format!("{before}{key} is missing"));
    missing.chain(unknown.map(|key| format!("{before}{key} is not a text of the client"))).collect()
}

fn message_problems(key: &str, own: &Message, expected: &Message, categories: &[&str]) -> Vec<String> {
    match (own, expected) {
        (Message::Plain(text), Message::Plain(expected)) => {
            text_problem(key, text, &placeholders(expected), false).into_iter().collect()
        }
        (Message::Plural(forms), Message::Plural(expected)) => {
            let wanted = expected.values().flat_map(|text| placeholders(text)).collect();
            let missing = categories.iter().filter(|category| !forms.contains_key(**category));
            let missing = missing.map(|category| format!("{key}_{category} is missing"));
            let useless = forms.keys().filter(|category| !categories.contains(&category.as_str()));
            let useless =
                useless.map(|category| format!("{key}_{category} is a form that the language has not"));
            let texts = forms.iter().filter_map(|(category, text)| {
                text_problem(&format!("{key}_{category}"), text, &wanted, category != "other")
            });
            missing.chain(useless).chain(texts).collect()
        }
        (Message::Plain(_), Message::Plural(_)) => vec![format!("{key} needs plural forms")],
        (Message::Plural(_), Message::Plain(_)) => vec![format!("{key} has no plural forms")],
    }
}

fn text_problem(key: &str, text: &str, wanted: &BTreeSet<String>, may_omit_count: bool) -> Option<String> {
    if text.is_empty() {
        return Some(format!("{key} is empty"));
    }
    if text.matches(['{', '}']).count() != 4 * names(text).count() {
        return Some(format!("{key} has a brace that is none of {{{{name}}}}"));
    }
    let own = placeholders(text);
    if let Some(unknown) = own.difference(wanted).next() {
        return Some(format!("{key} has {{{{{unknown}}}}}, which nobody fills in"));
    }
    let omitted = wanted.difference(&own).find(|name| !may_omit_count || *name != COUNT);
    omitted.map(|name| format!("{key} has no {{{{{name}}}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFERENCE: &str = r#"{"hi": "Hi {{name}}", "n_one": "{{count}} gift", "n_other": "{{count}} gifts", "errors": {"full": "Full"}}"#;

    fn problems(language: &str, json: &str) -> Vec<String> {
        let [own, reference] = [json, REFERENCE].map(|json| Texts::parse(json).unwrap());
        faults(language, &own, &reference).into_iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn the_reference_fits_itself() {
        assert_eq!(problems("en", REFERENCE), [""; 0]);
    }

    #[test]
    fn a_text_that_is_missing_or_unknown_is_refused() {
        let json = r#"{"ho": "", "n_other": "{{count}}个", "errors": {"empty": "空"}}"#;
        assert_eq!(
            problems("zh-Hans", json),
            [
                "zh-Hans.json: hi is missing",
                "zh-Hans.json: ho is not a text of the client",
                "zh-Hans.json: errors.full is missing",
                "zh-Hans.json: errors.empty is not a text of the client"
            ]
        );
    }

    #[test]
    fn a_text_that_fills_in_too_little_or_too_much_is_refused() {
        let json = r#"{"hi": "你好{{nome}}", "n_other": "几个", "errors": {"full": "满"}}"#;
        assert_eq!(
            problems("zh-Hans", json),
            [
                "zh-Hans.json: hi has {{nome}}, which nobody fills in",
                "zh-Hans.json: n_other has no {{count}}"
            ]
        );
    }

    #[test]
    fn a_brace_on_its_own_is_refused() {
        let json = r#"{"hi": "你好{{name}", "n_other": "{{count}}个", "errors": {"full": "满"}}"#;
        assert_eq!(problems("zh-Hans", json), ["zh-Hans.json: hi has a brace that is none of {{name}}"]);
    }

    #[test]
    fn every_plural_form_of_the_language_is_asked_for_and_no_other() {
        let json = r#"{"hi": "{{name}}", "n_one": "un", "n_few": "{{count}}", "n_other": "{{count}}", "errors": {"full": "x"}}"#;
        assert_eq!(
            problems("es", json),
            ["es.json: n_many is missing", "es.json: n_few is a form that the language has not"]
        );
    }

    #[test]
    fn a_file_whose_name_is_no_language_tag_is_refused() {
        assert!(problems("no language", REFERENCE)[0].contains("not a language tag"));
    }
}
