//! The PK bar: divides its length by the scores. A share is a fraction of the bar, never NaN; every
//! side keeps room for its number.

/// Minimum width of a bar in CSS pixels; numbers that fit there fit everywhere.
const NARROWEST_BAR_PX: f64 = 288.0;
const DIGIT_PX: f64 = 9.0;
const PADDING_PX: f64 = 18.0;
/// Maximum fraction of a bar reserved for minimum widths; the rest is divided by the scores.
const MOST_RESERVED: f64 = 0.9;

/// Number of sides from which a bar has no room for all numbers: a side keeps a minimal width, and
/// its number is shown if it fits.
pub const MANY: usize = 5;
const SLIVER_PX: f64 = 10.0;
/// Width of a digit in a stacked bar.
const STACK_DIGIT_PX: f64 = 8.0;
const STACK_PADDING_PX: f64 = 10.0;
/// Width of a wide bar, as in the style sheet, in units of the minimum width.
const WIDE: f64 = 2.0;

/// The segment of one side: start and length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    pub start: f64,
    pub share: f64,
    pub fit: Fit,
}

/// The bar widths at which the number of a side fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Any,
    Wide,
    Never,
}

impl Fit {
    fn of(share: f64, chars: usize) -> Self {
        let needed = (STACK_PADDING_PX + STACK_DIGIT_PX * chars as f64) / NARROWEST_BAR_PX;
        if share >= needed {
            Self::Any
        } else if share * WIDE >= needed {
            Self::Wide
        } else {
            Self::Never
        }
    }

    /// The class name in the style sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Wide => "wide",
            Self::Never => "never",
        }
    }
}

/// The share of the left side, from both scores and the lengths of their texts.
#[must_use]
pub fn split(scores: [u64; 2], label_chars: [usize; 2]) -> f64 {
    stacked(&scores, &label_chars)[0].share
}

/// Segments from left to right that fill the bar; of equal length while all scores are 0.
#[must_use]
pub fn stacked(scores: &[u64], label_chars: &[usize]) -> Vec<Segment> {
    let count = scores.len().max(1) as f64;
    let total: f64 = scores.iter().map(|score| *score as f64).sum();
    let fair = |score: u64| {
        if total > 0.0 { score as f64 / total } else { 1.0 / count }
    };
    let floors: Vec<f64> = floors(label_chars, scores.len());
    let spread = spread_over_floors(&scores.iter().map(|score| fair(*score)).collect::<Vec<_>>(), &floors);
    let mut start = 0.0;
    spread
        .into_iter()
        .enumerate()
        .map(|(i, share)| {
            let fit = Fit::of(share, chars_of(label_chars, i));
            let segment = Segment { start, share, fit };
            start += share;
            segment
        })
        .collect()
}

fn floors(label_chars: &[usize], count: usize) -> Vec<f64> {
    let wanted = |i| match count {
        MANY.. => SLIVER_PX,
        _ => PADDING_PX + DIGIT_PX * chars_of(label_chars, i) as f64,
    };
    let floors: Vec<f64> = (0..count).map(|i| wanted(i) / NARROWEST_BAR_PX).collect();
    let sum: f64 = floors.iter().sum();
    let scale = if sum > MOST_RESERVED { MOST_RESERVED / sum } else { 1.0 };
    floors.into_iter().map(|floor| floor * scale).collect()
}

fn chars_of(label_chars: &[usize], i: usize) -> usize {
    label_chars.get(i).copied().unwrap_or(1)
}

/// Raises the shares below their minimum and reduces the others in proportion.
fn spread_over_floors(fair: &[f64], floors: &[f64]) -> Vec<f64> {
    let mut is_fixed = vec![false; fair.len()];
    loop {
        let (mut free, mut weight) = (1.0, 0.0);
        for (i, is_fixed) in is_fixed.iter().enumerate() {
            if *is_fixed {
                free -= floors[i];
            } else {
                weight += fair[i];
            }
        }
        let share = |i: usize| {
            if is_fixed[i] { floors[i] } else { free * if weight > 0.0 { fair[i] / weight } else { 1.0 } }
        };
        let below = (0..fair.len()).find(|i| !is_fixed[*i] && share(*i) < floors[*i]);
        match below {
            Some(i) => is_fixed[i] = true,
            None => return (0..fair.len()).map(share).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::limits::MAX_SCORE;

    use super::*;

    fn chars(scores: &[u64]) -> Vec<usize> {
        scores.iter().map(|score| score.to_string().len()).collect()
    }

    #[test]
    fn a_bar_without_scores_is_split_in_half() {
        assert!((split([0, 0], [1, 1]) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn one_against_a_million_keeps_room_for_its_number() {
        let left = split([1, 999_999], [1, 6]);
        assert!(left * NARROWEST_BAR_PX >= PADDING_PX + DIGIT_PX, "{left}");
        let right = 1.0 - split([MAX_SCORE, 0], [7, 1]);
        assert!(right * NARROWEST_BAR_PX >= PADDING_PX + DIGIT_PX - 1e-9, "{right}");
    }

    #[test]
    fn the_other_sides_audience_sees_the_mirror_image() {
        for [a, b] in [[0, 0], [3, 1], [1, 999_999], [MAX_SCORE, MAX_SCORE]] {
            let here = split([a, b], [3, 5]);
            let there = split([b, a], [5, 3]);
            assert!((here - (1.0 - there)).abs() < 1e-9, "{a}:{b}");
        }
    }

    #[test]
    fn every_bar_is_full_finite_and_in_order() {
        let many: [&[u64]; 5] =
            [&[0, 0, 0], &[MAX_SCORE, 0, 1], &[1; 9], &[0, 0, 0, 0, 0, 0, 0, 0, MAX_SCORE], &[5, 9, 100, 40]];
        for scores in many {
            let segments = stacked(scores, &chars(scores));
            let mut edge = 0.0;
            for segment in &segments {
                assert!(segment.share.is_finite() && segment.share > 0.0, "{scores:?} {segment:?}");
                assert!((segment.start - edge).abs() < 1e-9);
                edge += segment.share;
            }
            assert!((edge - 1.0).abs() < 1e-9, "{scores:?} sums to {edge}");
        }
    }

    #[test]
    fn among_many_a_number_is_shown_where_it_fits_and_every_side_is_seen() {
        let scores = [48_210, 36_940, 21_500, 12_800, 9_999, 7_420, 5_100, 980, 0];
        let segments = stacked(&scores, &[3, 3, 3, 3, 4, 4, 4, 3, 1]);
        let fits: Vec<Fit> = segments.iter().map(|segment| segment.fit).collect();
        assert_eq!(fits[..3], [Fit::Any; 3]);
        assert_eq!(fits[3..], [Fit::Wide, Fit::Never, Fit::Never, Fit::Never, Fit::Never, Fit::Wide]);
        assert!(segments.iter().all(|segment| segment.share * NARROWEST_BAR_PX >= SLIVER_PX - 1e-9));
    }

    #[test]
    fn scores_that_fit_are_shown_in_proportion() {
        assert!((split([300, 100], [3, 3]) - 0.75).abs() < 1e-9);
    }
}
