//! What the address of an overlay asks for. Anything that is not understood is as if it were not there, since nobody reads an
//! error in the middle of a broadcast.

use std::ops::RangeInclusive;

use crate::i18n::parse_number;

/// A part of the stage that can be shown or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The bar with the scores.
    Bar,
    /// The clock under it.
    Timer,
    /// What is said under the clock: last gifts, penalty, how the last battle ended.
    Status,
    Seats,
    /// The VS at the start.
    Intro,
    /// The result card.
    Result,
    Chat,
    /// Gifts in a row.
    Gifts,
    /// Hearts that rise.
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
    /// What is shown unless the address says otherwise.
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

/// Which surfaces and letters the overlay has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Dark,
    Light,
    /// Solid surfaces and strong edges, for a busy picture behind it.
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

/// `scale`, `safe`, `parts` and `theme` of the address.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlayOptions {
    /// How much larger than usual everything is.
    pub scale: f64,
    /// The margin that is kept free on each side, in percent of the picture's height and width.
    pub safe_percent: f64,
    pub theme: Theme,
    parts: Vec<Part>,
}

impl OverlayOptions {
    const SCALES: RangeInclusive<f64> = 0.25..=4.0;
    const SAFE_PERCENTS: RangeInclusive<f64> = 0.0..=25.0;

    /// Reads the parameters; `read` gives the decoded value of one by its name.
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

    /// The names of the parts, separated by spaces.
    #[must_use]
    pub fn part_names(&self) -> String {
        self.parts.iter().map(|part| part.name()).collect::<Vec<_>>().join(" ")
    }
}

/// A number beyond the range counts as the nearest one in it.
fn number(text: Option<String>, range: RangeInclusive<f64>) -> Option<f64> {
    let number = parse_number(text?.trim())?;
    Some(number.clamp(*range.start(), *range.end()))
}

fn theme(text: Option<String>) -> Option<Theme> {
    let text = text?;
    Theme::ALL.into_iter().find(|theme| theme.name().eq_ignore_ascii_case(text.trim()))
}

/// In the order of [`Part::ALL`], each once; `None` when no part is named.
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
    fn what_is_not_understood_is_as_if_it_were_not_there() {
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
