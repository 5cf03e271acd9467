//! The tests that `docs/PROMISES.md` names exist.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

/// Name and file of each link of the form ``[`name`](../file)``.
fn named_tests(section: &str) -> Vec<(&str, &str)> {
    let links = section.lines().filter_map(|line| line.trim_start().strip_prefix("- [`"));
    links.map(|link| link.trim_end_matches(')').split_once("`](../").expect("a link to a file")).collect()
}

/// Whether a Rust or JavaScript file has a test with this name.
fn has_test(source: &str, name: &str) -> bool {
    let rust = format!("fn {name}(");
    let javascript = format!("test('{name}',");
    source
        .lines()
        .map(str::trim_start)
        .any(|line| line.trim_start_matches("async ").starts_with(&rust) || line.starts_with(&javascript))
}

#[test]
fn every_promise_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("docs/PROMISES.md")).unwrap();
    let promises: Vec<&str> = page.split("\n## ").skip(1).collect();
    assert!(!promises.is_empty());
    let mut missing = Vec::new();
    for promise in promises {
        let tests = named_tests(promise);
        assert!(!tests.is_empty(), "a promise without a test: {promise}");
        for (name, file) in tests {
            let source = fs::read_to_string(root.join(file)).unwrap_or_default();
            if !has_test(&source, name) {
                missing.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "tests that docs/PROMISES.md names and that do not exist: {missing:#?}");
}

#[test]
fn a_test_is_found_by_its_whole_name_in_either_language() {
    let source = "#[test]\nfn a_seat_is_free() {\n}\n    async fn a_seat_is_taken() {\ntest('a bar moves', async () => {";
    for name in ["a_seat_is_free", "a_seat_is_taken", "a bar moves"] {
        assert!(has_test(source, name), "{name}");
    }
    for name in ["a_seat_is", "seat_is_free", "a bar"] {
        assert!(!has_test(source, name), "{name}");
    }
}
