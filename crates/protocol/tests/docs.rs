//! docs/PROTOCOL.md names everything that is on the wire.

use duelcast_protocol::{Action, ErrorCode, Unlogged};

const DOCS: &str = include_str!("../../../docs/PROTOCOL.md");
const EVENTS: &str = include_str!("../src/event.rs");

#[test]
fn every_method_is_documented() {
    for name in Unlogged::NAMES.iter().chain(Action::NAMES) {
        assert!(DOCS.contains(&format!("`{name}`")), "{name} is missing in docs/PROTOCOL.md");
    }
}

#[test]
fn every_error_is_documented_with_its_number_and_whether_to_try_again() {
    for code in ErrorCode::ALL {
        let retry = if code.is_retryable() { "yes " } else { "" };
        let row = format!("| {} | {} | {retry}|", code.number(), code.name());
        assert!(DOCS.contains(&row), "docs/PROTOCOL.md should have the row {row}");
    }
}

#[test]
fn every_event_is_documented() {
    let variants = EVENTS.lines().filter_map(|line| line.trim().strip_prefix("On"));
    let names: Vec<String> = variants
        .map(|rest| format!("on{}", rest.split(|c: char| !c.is_alphanumeric()).next().unwrap()))
        .collect();
    assert!(names.len() > 30, "the events could not be read from the source");
    for name in names {
        assert!(DOCS.contains(&format!("`{name}`")), "{name} is missing in docs/PROTOCOL.md");
    }
}
