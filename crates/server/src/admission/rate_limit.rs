//! A rate as an option says it.

use std::str::FromStr;

use duelcast_socket::Rate;
use serde::Deserialize;

/// A text that is no rate.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not a rate: write so many a second, as 20, or with a burst, as 20:100, or off.")]
pub struct InvalidRate(String);

/// A rate, or none: what an option says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum RateLimit {
    Off,
    At(Rate),
}

impl FromStr for RateLimit {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, InvalidRate> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let (per_second, burst) = text.split_once(':').unwrap_or((text, text));
        match (per_second.parse(), burst.parse()) {
            (Ok(per_second), Ok(burst)) if per_second > 0 && burst > 0 => {
                Ok(Self::At(Rate::new(per_second, burst)))
            }
            _ => Err(InvalidRate(text.to_owned())),
        }
    }
}

impl TryFrom<String> for RateLimit {
    type Error = InvalidRate;

    fn try_from(text: String) -> Result<Self, InvalidRate> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_with_or_without_its_burst() {
        for (text, limit) in [
            ("5", RateLimit::At(Rate::new(5, 5))),
            ("5:20", RateLimit::At(Rate::new(5, 20))),
            ("off", RateLimit::Off),
        ] {
            assert_eq!(text.parse::<RateLimit>().unwrap(), limit, "{text}");
        }
        for wrong in ["", "0", "5:0", "-1", "5:", "5/s", "99999999999"] {
            assert!(wrong.parse::<RateLimit>().is_err(), "{wrong}");
        }
    }
}
