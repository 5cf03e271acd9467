//! Numbers, names and moments as people read them.

use duelcast_protocol::UserInfo;

/// Colours that people and rooms are told apart by: the `tint-…` classes.
pub const TINT_COUNT: usize = 9;
/// Steps of the colour circle that people's pictures are told apart by.
const HUE_STEPS: u32 = 24;
/// The part of the circle that stays bright under white letters: from green over blue and red to orange.
const FIRST_HUE: u32 = 155;
const HUE_STEP: u32 = 11;
const MAX_INITIALS: usize = 2;

/// A score or count in at most five characters, exact below 100,000: `999`, `99999`, `123K`, `4.56M`, `9007T`.
#[must_use]
pub fn compact(number: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (100_000, "K")];
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
    (hash(id) % TINT_COUNT as u32) as usize
}

/// Degrees on the colour circle that stand for an id: finer than [`tint`], so that neighbours rarely look alike.
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
