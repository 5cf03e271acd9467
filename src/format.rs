//! Formatting of numbers, names and times for display.

use duelcast_protocol::UserInfo;

use crate::i18n::{self, Unit};

/// Number of `tint-…` classes, the colours of users and lives.
pub const TINT_COUNT: usize = 9;
/// Number of hues for avatars.
const HUE_STEPS: u32 = 24;
/// First hue of the range that has enough contrast with white letters: from green over blue and red
/// to orange.
const FIRST_HUE: u32 = 155;
const HUE_STEP: u32 = 11;
/// Numbers from here on are abbreviated.
const COMPACT_FROM: u64 = 100_000;
const THOUSANDS_FROM: u64 = 10_000;
/// First letter of the wide scripts, Hangul.
const FIRST_WIDE: char = '\u{1100}';

/// A score or count in few characters, exact below 100,000: `999`, `99999`, `123K`, `4.56M`; in
/// Chinese `12.3万`.
#[must_use]
pub fn compact(number: u64) -> String {
    if number < COMPACT_FROM { i18n::localize_digits(number.to_string()) } else { i18n::compact(number) }
}

/// Like [`compact`], in whole thousands from 10,000 on: `9999`, `48K`, `4.56M`.
#[must_use]
pub fn in_thousands(number: u64) -> String {
    if number < THOUSANDS_FROM { compact(number) } else { i18n::compact(number - number % 1_000) }
}

/// A number with all its digits, grouped.
#[must_use]
pub fn grouped(number: u64) -> String {
    i18n::grouped(number)
}

/// The width of a text in digits: a Chinese, Japanese or Korean character counts as two.
#[must_use]
pub fn width_in_digits(text: &str) -> usize {
    text.chars().map(|c| if c >= FIRST_WIDE { 2 } else { 1 }).sum()
}

/// `m:ss`; `h:mm:ss` from one hour on.
#[must_use]
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    i18n::localize_digits(if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    })
}

/// A duration for buttons: `45 sec`, `5 min`.
#[must_use]
pub fn length(seconds: u64) -> String {
    if seconds.is_multiple_of(60) && seconds > 0 {
        i18n::units(seconds / 60, Unit::Minute)
    } else {
        i18n::units(seconds, Unit::Second)
    }
}

/// Seconds of a countdown: `45s`.
#[must_use]
pub fn countdown(seconds: u64) -> String {
    i18n::seconds_short(seconds)
}

/// A surplus: `+3`, with the sign on the left also in right-to-left languages.
#[must_use]
pub fn plus(count: u64) -> String {
    format!("{}+{}", i18n::left_to_right_mark(), compact(count))
}

/// A factor: `×5`.
#[must_use]
pub fn times(count: u64) -> String {
    format!("×{}", compact(count))
}

/// The displayed number of a seat, which starts at one.
#[must_use]
pub fn seat_number(index: u16) -> String {
    i18n::localize_digits((index + 1).to_string())
}

/// A list of names as part of a sentence.
#[must_use]
pub fn list(names: &[String]) -> String {
    i18n::list(names)
}

/// The display name of a user; the id if the name is empty.
#[must_use]
pub fn display_name(user: &UserInfo) -> String {
    let name = user.user_name.trim();
    if name.is_empty() { user.user_id.to_string() } else { name.to_owned() }
}

/// The first letters of the first and the last word, in upper case if the script has it.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first_and_last = [words.next(), words.last()];
    let letters: String =
        first_and_last.into_iter().flatten().filter_map(|word| word.chars().next()).collect();
    if letters.is_empty() { "?".to_owned() } else { i18n::upper_case(&letters) }
}

/// A number for a style, rounded to `digits` decimals. The standard formatting of `f64` would add
/// more code than any view.
#[must_use]
pub fn decimal(number: f64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the absolute value of what styles can say"
    )]
    let scaled = (number.abs() * unit as f64).round() as u64;
    let sign = if number < 0.0 && scaled > 0 { "-" } else { "" };
    let (whole, rest) = (scaled / unit, scaled % unit);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = digits as usize)
    }
}

/// The tint of an id; deterministic.
#[must_use]
pub fn tint(id: &str) -> usize {
    (hash(id) % TINT_COUNT as u32) as usize
}

/// The hue of an id in degrees; more values than [`tint`], so that neighbours rarely look alike.
#[must_use]
pub fn hue(id: &str) -> u32 {
    let mixed = hash(id).wrapping_mul(0x9e37_79b1) >> 8;
    (FIRST_HUE + mixed % HUE_STEPS * HUE_STEP) % 360
}

fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_at_most_five_characters() {
        for (number, text) in [
            (0, "0"),
            (9_999, "9999"),
            (99_999, "99999"),
            (100_000, "100K"),
            (123_456, "123K"),
            (999_999, "999K"),
            (4_560_000, "4.56M"),
            (9_007_199_254_740_991, "9007T"),
        ] {
            assert_eq!(compact(number), text);
            assert!(compact(number).len() <= 5);
        }
    }

    #[test]
    fn thousands_are_at_most_four_characters_below_a_million() {
        for (number, text) in
            [(0, "0"), (9_999, "9999"), (48_210, "48K"), (999_999, "999K"), (4_567_000, "4.56M")]
        {
            assert_eq!(in_thousands(number), text);
        }
    }

    #[test]
    fn exact_numbers_are_grouped_by_three() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn a_wide_sign_takes_the_room_of_two_digits() {
        assert_eq!(width_in_digits("4.56M"), 5);
        assert_eq!(width_in_digits("12.3万"), 6);
    }

    #[test]
    fn a_decimal_is_rounded_and_keeps_its_noughts() {
        for (number, digits, text) in [
            (0.5, 4, "0.5000"),
            (0.99996, 4, "1.0000"),
            (12.05, 1, "12.1"),
            (-0.25, 2, "-0.25"),
            (-0.001, 2, "0.00"),
            (7.6, 0, "8"),
        ] {
            assert_eq!(decimal(number, digits), text);
        }
    }

    #[test]
    fn a_clock_never_shows_sixty_seconds() {
        for (seconds, text) in [(0, "0:00"), (59, "0:59"), (60, "1:00"), (300, "5:00"), (3_600, "1:00:00")] {
            assert_eq!(clock(seconds), text);
        }
    }

    #[test]
    fn initials_are_whole_characters_of_any_script() {
        for (name, text) in
            [("ann lee", "AL"), ("Ünal", "Ü"), ("李 小龙", "李小"), ("  ", "?"), ("🦊 fox hill", "🦊H")]
        {
            assert_eq!(initials(name), text);
        }
    }

    #[test]
    fn a_tint_is_stable_and_in_range() {
        assert_eq!(tint("ann"), tint("ann"));
        assert!((0..100).all(|i| tint(&i.to_string()) < TINT_COUNT));
    }

    #[test]
    fn people_have_many_colours() {
        let mut hues: Vec<_> = (0..200).map(|i| hue(&format!("user-{i}"))).collect();
        assert_eq!(hues[0], hue("user-0"));
        hues.sort_unstable();
        hues.dedup();
        assert_eq!(hues.len(), HUE_STEPS as usize, "each step of the circle is used");
        assert!(hues.iter().all(|hue| *hue < 360));
    }
}
