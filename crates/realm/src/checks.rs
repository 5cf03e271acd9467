//! Validation of the values that a command carries. Each error is `invalidParams` with a sentence.

use duelcast_protocol::{
    BattleConfig, DurationMs, ErrorCode, LiveId, Rejection, UserInfo, limits,
    text::{is_blank, is_presentable, is_presentable_line},
};

pub(crate) fn invalid(sentence: impl Into<String>) -> Rejection {
    Rejection::new(ErrorCode::InvalidParams, sentence)
}

fn check(holds: bool, sentence: impl FnOnce() -> String) -> Result<(), Rejection> {
    if holds { Ok(()) } else { Err(invalid(sentence())) }
}

/// A text of at most `max_chars` Unicode scalar values that is safe to display.
pub(crate) fn text(name: &str, value: &str, max_chars: usize) -> Result<(), Rejection> {
    check(value.chars().count() <= max_chars, || format!("{name} has at most {max_chars} characters."))?;
    check(is_presentable(value), || {
        format!("{name} must not have control characters or such that turn the direction of writing.")
    })
}

/// A displayable text without line breaks, for names.
pub(crate) fn line(name: &str, value: &str, max_chars: usize) -> Result<(), Rejection> {
    text(name, value, max_chars)?;
    check(is_presentable_line(value), || format!("{name} must stay on one line."))
}

/// A displayable text with at least one visible character.
pub(crate) fn non_blank(name: &str, value: &str, max_chars: usize) -> Result<(), Rejection> {
    check(!is_blank(value), || format!("{name} must not be empty."))?;
    text(name, value, max_chars)
}

/// An id that a request gives to something new.
pub(crate) fn new_live_id(id: &LiveId) -> Result<(), Rejection> {
    check(id.is_new(), || "liveId must begin with a letter or digit.".to_owned())
}

/// A text of at most `max_bytes` bytes.
pub(crate) fn bytes(name: &str, value: &str, max_bytes: usize) -> Result<(), Rejection> {
    check(value.len() <= max_bytes, || format!("{name} has at most {max_bytes} bytes."))
}

/// A URL: empty, an http(s) address, or an absolute path on the client's own server.
pub(crate) fn url(name: &str, value: &str) -> Result<(), Rejection> {
    bytes(name, value, limits::MAX_URL_BYTES)?;
    let is_address =
        value.is_empty() || ["http://", "https://", "/"].iter().any(|start| value.starts_with(start));
    check(is_address, || format!("{name} must be empty, an http(s) address or a path that starts with /."))
}

/// A number from `min` to `max`, both included.
pub(crate) fn range<T: PartialOrd + std::fmt::Display>(
    name: &str,
    value: T,
    min: T,
    max: T,
) -> Result<(), Rejection> {
    check(min <= value && value <= max, || format!("{name} must be between {min} and {max}."))
}

/// The lifetime of an invitation or application, in milliseconds.
pub(crate) fn timeout(value: DurationMs) -> Result<(), Rejection> {
    range("timeoutMs", value, limits::MIN_INVITATION_TIMEOUT_MS, limits::MAX_INVITATION_TIMEOUT_MS)
}

pub(crate) fn user(user: &UserInfo) -> Result<(), Rejection> {
    line("userName", &user.user_name, limits::MAX_USER_NAME_CHARS)?;
    url("avatarUrl", &user.avatar_url)
}

pub(crate) fn battle_config(config: &BattleConfig) -> Result<(), Rejection> {
    range("durationMs", config.duration_ms, limits::MIN_BATTLE_DURATION_MS, limits::MAX_BATTLE_DURATION_MS)?;
    range("settleMs", config.settle_ms, 0, limits::MAX_SETTLE_MS)?;
    range("penaltyMs", config.penalty_ms, 0, limits::MAX_PENALTY_MS)?;
    bytes("extensionInfo", &config.extension_info, limits::MAX_EXTRA_INFO_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_empty_http_or_a_path() {
        for good in ["", "http://a/b.png", "https://a", "/covers/1.svg"] {
            assert!(url("coverUrl", good).is_ok(), "{good}");
        }
        for bad in ["javascript:alert(1)", "data:,x", "a.png"] {
            assert!(url("coverUrl", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_one_line_that_is_shown_as_it_is_written() {
        for bad in ["a\nb", "a\u{202e}b", "a\0"] {
            assert!(line("userName", bad, 9).is_err(), "{bad:?}");
        }
        assert!(text("text", "a\nb", 9).is_ok());
        assert!(non_blank("text", "\u{200b}", 9).is_err());
    }

    #[test]
    fn a_refusal_says_what_would_fit() {
        let refusal = text("liveName", "abc", 2).unwrap_err();
        assert_eq!(refusal.sentence(), "liveName has at most 2 characters.");
    }
}
