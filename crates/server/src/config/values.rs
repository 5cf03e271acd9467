//! How single values of the configuration are written.

use std::{fs, net::SocketAddr, path::Path, time::Duration};

use axum::http::{HeaderValue, Uri};
use duelcast_protocol::DurationMs;
use serde::{Deserialize, Deserializer, de::Error as _};
use tracing_subscriber::filter::{LevelFilter, Targets};

use super::ConfigError;

/// Targets of this project's log lines begin so.
const OWN_TARGET: &str = "duelcast";
/// Longest file with a secret.
const MAX_SECRET_FILE_BYTES: u64 = 64 * 1024;

/// An address and a port.
pub(super) fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "write an address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080".to_owned()
    })
}

/// Milliseconds, or a span with a unit.
pub(super) fn parse_millis(text: &str) -> Result<DurationMs, ConfigError> {
    if let Ok(millis) = text.parse() {
        return Ok(millis);
    }
    let span = parse_span(text)?;
    DurationMs::try_from(span.as_millis()).map_err(|_| ConfigError::Span(text.to_owned()))
}

/// Reads a span such as `90s`, `30m`, `12h` or `7d`.
///
/// # Errors
/// If it is written otherwise.
pub fn parse_span(text: &str) -> Result<Duration, ConfigError> {
    let wrong = || ConfigError::Span(text.to_owned());
    let unit_seconds = match text.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        Some(_) | None => return Err(wrong()),
    };
    let count: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    count.checked_mul(unit_seconds).map(Duration::from_secs).ok_or_else(wrong)
}

/// An origin as browsers write it: scheme, host and a port that is not the scheme's own.
pub(super) fn parse_origin(text: &str) -> Result<HeaderValue, ConfigError> {
    let wrong = || ConfigError::Origin(text.to_owned());
    if !is_origin(text) {
        return Err(wrong());
    }
    HeaderValue::from_str(text).map_err(|_| wrong())
}

/// An origin; one slash at its end is dropped.
pub(super) fn parse_public_url(text: &str) -> Result<String, ConfigError> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    if is_origin(origin) { Ok(origin.to_owned()) } else { Err(ConfigError::PublicUrl(text.to_owned())) }
}

fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return false };
    let is_default_port = matches!((scheme, authority.port_u16()), ("http", Some(80)) | ("https", Some(443)));
    matches!(scheme, "http" | "https")
        && !authority.host().is_empty()
        && !authority.as_str().contains(['@', '*'])
        && !is_default_port
        && text == format!("{scheme}://{}", authority.as_str().to_ascii_lowercase())
}

/// A filter that logs something of this server, or `off`.
pub(super) fn parse_log(text: &str) -> Result<Targets, ConfigError> {
    let wrong = || ConfigError::Log(text.to_owned());
    if text.trim().is_empty() {
        return Err(wrong());
    }
    let targets: Targets = text.parse().map_err(|_| wrong())?;
    let is_ours = targets.iter().any(|(target, _)| target.starts_with(OWN_TARGET));
    let is_off = text.trim().eq_ignore_ascii_case("off");
    let has_default = targets.default_level().is_some_and(|level| level != LevelFilter::OFF);
    if is_ours || is_off || has_default { Ok(targets) } else { Err(wrong()) }
}

/// The text of a file without the white space around it.
pub(super) fn read_secret(path: &Path) -> Result<String, ConfigError> {
    let unreadable = |source| ConfigError::SecretFile { path: path.to_owned(), source };
    let is_large = fs::metadata(path).map_err(unreadable)?.len() > MAX_SECRET_FILE_BYTES;
    if is_large {
        return Err(unreadable(std::io::ErrorKind::FileTooLarge.into()));
    }
    Ok(fs::read_to_string(path).map_err(unreadable)?.trim().to_owned())
}

/// Line and key of a place in a TOML text: ` in line 3 (listen)`. The rest of the line may be secret.
pub(super) fn place(text: &str, at: usize) -> String {
    let before = &text.as_bytes()[..at.min(text.len())];
    let number = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let line = text.lines().nth(number - 1).unwrap_or_default();
    match line.split_once('=') {
        Some((key, _)) => format!(" in line {number} ({})", key.trim()),
        None => format!(" in line {number}"),
    }
}

/// A list, or its only entry.
pub(super) fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text or a list of texts")]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(text) => vec![text],
        OneOrMany::Many(texts) => texts,
    })
}

/// A number of milliseconds, or a text with a unit.
pub(super) fn millis<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DurationMs>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "milliseconds, or a text such as \"15s\"")]
    enum Span {
        Millis(DurationMs),
        Text(String),
    }
    match Span::deserialize(from)? {
        Span::Millis(millis) => Ok(Some(millis)),
        Span::Text(text) => parse_millis(&text).map(Some).map_err(D::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for right in ["https://app.example", "http://localhost:3000", "http://[::1]:3000"] {
            assert_eq!(parse_origin(right).unwrap(), right);
        }
        for wrong in [
            "app.example",
            "*",
            "https://*",
            "null",
            "",
            "https://",
            "https://app.example/",
            "https://a\nb",
            "https://a b",
            "ftp://a",
            "https://a@b",
            "https://a?b",
            "https://A.example",
            "https://a:443",
            "https://a,https://b",
        ] {
            assert!(parse_origin(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_public_url_has_no_path() {
        assert_eq!(parse_public_url("https://live.example/").unwrap(), "https://live.example");
        for wrong in ["live.example", "ftp://x", "https://", "https://h/path", "https://h//"] {
            assert!(parse_public_url(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_filter_that_would_silence_the_server_is_refused() {
        for right in ["info", "off", "duelcast_server=debug", "warn,hyper=debug", "duelcast=off"] {
            assert!(parse_log(right).is_ok(), "{right:?}");
        }
        for wrong in ["foo", "", "hyper=debug", "a=b=c", "duelcast_server=nope"] {
            assert!(parse_log(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn spans_have_a_unit_and_milliseconds_have_none() {
        assert_eq!(parse_span("90s").unwrap(), Duration::from_secs(90));
        assert_eq!(parse_span("7d").unwrap(), Duration::from_secs(604_800));
        for wrong in ["", "5", "h", "-1h", "1é"] {
            assert!(parse_span(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!((parse_millis("1500").unwrap(), parse_millis("15s").unwrap()), (1_500, 15_000));
        assert!(parse_millis("-1").is_err() && parse_millis("1.5").is_err());
    }

    #[test]
    fn an_address_to_listen_on_has_an_address_and_a_port() {
        assert!(parse_listen("[::1]:80").is_ok());
        for wrong in ["localhost:8080", ":8080", "8080", "127.0.0.1"] {
            assert!(parse_listen(wrong).unwrap_err().contains("127.0.0.1:8080"), "{wrong}");
        }
    }
}
