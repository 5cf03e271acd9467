//! The options in the address of an overlay. Invalid values are ignored, since an error message
//! must not appear in a broadcast.

use std::ops::RangeInclusive;

use crate::i18n::parse_number;

/// A part of the overlay that can be shown or hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The bar with the scores.
    Bar,
    /// The clock below it.
    Timer,
    /// The status below the clock: last gifts, penalty, result of the last battle.
    Status,
    Seats,
    /// The intro of a battle.
    Intro,
    /// The result card.
    Result,
    Chat,
    /// Gift combos.
    Gifts,
    /// Rising hearts.
    Likes,
}

impl Part {
    pub const ALL: [Self; 9] = [
        Self::Bar,
        Self::Timer,
        Self::Status,
        Self::Seats,
        Self::Intro,
        Self::Result,
        Self::Chat,
        Self::Gifts,
        Self::Likes,
    ];
    /// The parts that are shown by default.
    const USUAL: [Self; 6] = [Self::Bar, Self::Timer, Self::Status, Self::Seats, Self::Intro, Self::Result];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Timer => "timer",
            Self::Status => "status",
            Self::Seats => "seats",
            Self::Intro => "intro",
            Self::Result => "result",
            Self::Chat => "chat",
            Self::Gifts => "gifts",
            Self::Likes => "likes",
        }
    }
}

/// The style of surfaces and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Dark,
    Light,
    /// Opaque surfaces and strong outlines, for a busy background.
    Contrast,
}

impl Theme {
    const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Contrast];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
        }
    }
}

/// The query parameters `scale`, `safe`, `parts` and `theme`.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlayOptions {
    /// Scale factor of the overlay.
    pub scale: f64,
    /// Margin on each side, in percent of the picture's height and width.
    pub safe_percent: f64,
    pub theme: Theme,
    parts: Vec<Part>,
}

impl OverlayOptions {
    const SCALES: RangeInclusive<f64> = 0.25..=4.0;
    const SAFE_PERCENTS: RangeInclusive<f64> = 0.0..=25.0;

    /// Reads the parameters; `read` returns the decoded value of a parameter by name.
    #[must_use]
    pub fn new(read: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            scale: number(read("scale"), Self::SCALES).unwrap_or(1.0),
            safe_percent: number(read("safe"), Self::SAFE_PERCENTS).unwrap_or(0.0),
            theme: theme(read("theme")).unwrap_or_default(),
            parts: parts(read("parts")).unwrap_or_else(|| Part::USUAL.to_vec()),
        }
    }

    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// The names of the shown parts, separated by spaces.
    #[must_use]
    pub fn part_names(&self) -> String {
        self.parts.iter().map(|part| part.name()).collect::<Vec<_>>().join(" ")
    }
}

/// Parses a number and clamps it to the range.
fn number(text: Option<String>, range: RangeInclusive<f64>) -> Option<f64> {
    let number = parse_number(text?.trim())?;
    Some(number.clamp(*range.start(), *range.end()))
}

fn theme(text: Option<String>) -> Option<Theme> {
    let text = text?;
    Theme::ALL.into_iter().find(|theme| theme.name().eq_ignore_ascii_case(text.trim()))
}

/// The named parts in the order of [`Part::ALL`], without duplicates; `None` if there is none.
fn parts(text: Option<String>) -> Option<Vec<Part>> {
    let text = text?;
    let is_named = |name: &str| text.split(',').any(|word| word.trim().eq_ignore_ascii_case(name));
    let named: Vec<Part> =
        Part::ALL.into_iter().filter(|part| is_named("all") || is_named(part.name())).collect();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(pairs: &[(&str, &str)]) -> OverlayOptions {
        OverlayOptions::new(|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_address_without_parameters_shows_the_battle_and_the_seats_in_their_size() {
        let usual = options(&[]);
        assert_eq!((usual.scale, usual.safe_percent, usual.theme), (1.0, 0.0, Theme::Dark));
        assert_eq!(usual.part_names(), "bar timer status seats intro result");
    }

    #[test]
    fn parts_are_named_in_any_order_and_case_and_once_each() {
        assert_eq!(options(&[("parts", " Timer,bar,bar,TIMER")]).part_names(), "bar timer");
        let all = options(&[("parts", "all")]);
        assert!(Part::ALL.into_iter().all(|part| all.has(part)));
        assert!(!options(&[("parts", "bar")]).has(Part::Seats));
    }

    #[test]
    fn invalid_options_are_ignored() {
        for odd in ["", "much", "NaN", "inf", "1e999", "1,5"] {
            let read = options(&[("scale", odd), ("safe", odd), ("theme", odd), ("parts", odd)]);
            assert_eq!(read, options(&[]), "{odd:?}");
        }
        assert_eq!(options(&[("parts", "bar,fireworks")]).part_names(), "bar");
    }

    #[test]
    fn numbers_are_kept_in_their_range() {
        assert_eq!(options(&[("scale", "1.5"), ("safe", "5")]).scale, 1.5);
        assert_eq!(options(&[("scale", "0")]).scale, 0.25);
        assert_eq!(options(&[("scale", "1000")]).scale, 4.0);
        assert_eq!(options(&[("safe", "-3")]).safe_percent, 0.0);
        assert_eq!(options(&[("safe", "80")]).safe_percent, 25.0);
    }

    #[test]
    fn every_theme_is_known_by_its_name() {
        for theme in Theme::ALL {
            assert_eq!(options(&[("theme", theme.name())]).theme, theme);
        }
    }
}
