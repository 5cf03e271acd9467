//! Numbers, names and moments as people read them.

use duelcast_protocol::UserInfo;

/// Colours that people and rooms are told apart by: the `tint-…` classes.
pub const TINT_COUNT: usize = 9;
const MAX_INITIALS: usize = 2;

/// A score or count in at most five characters: `999`, `12.3K`, `4.56M`, `9007T`.
#[must_use]
pub fn compact(number: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (10_000, "K")];
    let Some((threshold, unit)) = UNITS.into_iter().find(|(threshold, _)| number >= *threshold) else {
        return number.to_string();
    };
    let divisor = if unit == "K" { 1_000 } else { threshold };
    let whole = number / divisor;
    let hundredths = number % divisor * 100 / divisor;
    match whole {
        0..=9 => format!("{whole}.{hundredths:02}{unit}"),
        10..=99 => format!("{whole}.{}{unit}", hundredths / 10),
        _ => format!("{whole}{unit}"),
    }
}

/// A number with a thin space between groups of three digits.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// `m:ss`, and `h:mm:ss` from an hour on.
#[must_use]
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A length of time in words, for buttons: `45 s`, `5 min`.
#[must_use]
pub fn length(seconds: u64) -> String {
    if seconds.is_multiple_of(60) && seconds > 0 {
        format!("{} min", seconds / 60)
    } else {
        format!("{seconds} s")
    }
}

/// The name to show for a user: the id stands in for an empty one.
#[must_use]
pub fn display_name(user: &UserInfo) -> String {
    let name = user.user_name.trim();
    if name.is_empty() { user.user_id.to_string() } else { name.to_owned() }
}

/// The first letters of the first and the last word, upper case where the script has it.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let picked = match words.as_slice() {
        [] => return "?".to_owned(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    let letters: String = picked.iter().take(MAX_INITIALS).filter_map(|word| word.chars().next()).collect();
    letters.to_uppercase()
}

/// Which tint stands for an id: the same everywhere and every time.
#[must_use]
pub fn tint(id: &str) -> usize {
    let hash =
        id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash % TINT_COUNT as u32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_at_most_five_characters() {
        for (number, text) in [
            (0, "0"),
            (9_999, "9999"),
            (10_000, "10.0K"),
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
    fn exact_numbers_are_grouped_by_three() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
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
}
