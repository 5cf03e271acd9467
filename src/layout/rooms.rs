//! Several lives on the stage: one rectangle each, by the connection's template and the number of
//! lives.
//!
//! The templates are those of the reference's `CoHostLayoutTemplate`. Places do not depend on the
//! users on the seats; the first live is ours and has the first place.

use duelcast_protocol::LayoutTemplate;

/// Two lives of six seats.
pub const SIX_AGAINST_SIX: LayoutTemplate = 1;
const SIX_AGAINST_SIX_ALIAS: LayoutTemplate = 2;
/// Two seats side by side, in landscape.
pub const LANDSCAPE: LayoutTemplate = 400;
/// As many columns as needed; full rows.
pub const DYNAMIC_GRID: LayoutTemplate = 600;
/// One large live, up to six small ones beside it.
pub const ONE_PLUS_SIX: LayoutTemplate = 601;
/// One large live on the left, the others in columns on the right.
pub const LEFT_FOCUS: LayoutTemplate = 602;
/// All of one size.
pub const UNIFORM_GRID: LayoutTemplate = 603;

/// Width of the stage of two lives of six seats, in CSS pixels; the other layouts have the same
/// width.
const STAGE_WIDTH: f64 = 372.0;
const STAGE_HEIGHT: f64 = 282.0;
const LANDSCAPE_HEIGHT: f64 = 209.0;
/// Height of a row of cards with names, scores and one row of avatars.
const ROW_HEIGHT: f64 = 96.0;
const HEAD_HEIGHT: f64 = 30.0;
const SEAT_WIDTH: f64 = 38.0;
const SEAT_HEIGHT: f64 = 58.0;
const MAX_SEAT_COLUMNS: u16 = 4;
const SMALL_COLUMNS: u16 = 2;
/// Maximum number of cards in one column beside a large one.
const MAX_IN_ONE_COLUMN: u16 = 4;
const ROUNDING: f64 = 1e-6;

/// A rectangle on the stage, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The rectangle of a live, and the grid of seats that fits there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoomArea {
    pub rect: Rect,
    pub seat_columns: u16,
    /// Number of seats shown; the others are counted in "+N".
    pub shown: u16,
}

/// The stage for several lives.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    /// Height of the stage divided by its width.
    pub aspect: f64,
    /// One area per live, in order.
    pub areas: Vec<RoomArea>,
}

/// Whether two lives share one board. Unknown templates are treated like the default one.
#[must_use]
pub fn is_duel(template: LayoutTemplate) -> bool {
    !matches!(template, LANDSCAPE | DYNAMIC_GRID | ONE_PLUS_SIX | LEFT_FOCUS | UNIFORM_GRID)
}

/// The areas for lives with these numbers of seats, ours first. With more than two lives, a
/// template for two falls back to the dynamic grid.
#[must_use]
pub fn arrange(template: LayoutTemplate, seat_counts: &[u16]) -> Arrangement {
    let count = u16::try_from(seat_counts.len()).unwrap_or(u16::MAX);
    let is_lying = template == LANDSCAPE && count <= 2;
    let rects = match template {
        SIX_AGAINST_SIX | SIX_AGAINST_SIX_ALIAS | LANDSCAPE | DYNAMIC_GRID => dynamic_grid(count),
        ONE_PLUS_SIX => beside_a_large_one(count, 0.5, SMALL_COLUMNS),
        LEFT_FOCUS if count <= MAX_IN_ONE_COLUMN + 1 => beside_a_large_one(count, 2.0 / 3.0, 1),
        LEFT_FOCUS => beside_a_large_one(count, 0.5, SMALL_COLUMNS),
        UNIFORM_GRID => uniform_grid(count),
        _ => dynamic_grid(count),
    };
    let height = if is_lying { LANDSCAPE_HEIGHT } else { stage_height(&rects) };
    let most = if is_lying { 1 } else { u16::MAX };
    let areas =
        rects.into_iter().zip(seat_counts).map(|(rect, seats)| area(rect, height, (*seats).min(most)));
    Arrangement { aspect: height / STAGE_WIDTH, areas: areas.collect() }
}

/// The height that fits the smallest card.
fn stage_height(rects: &[Rect]) -> f64 {
    rects.iter().map(|rect| ROW_HEIGHT / rect.height).fold(STAGE_HEIGHT, f64::max)
}

fn area(rect: Rect, stage_height: f64, seat_count: u16) -> RoomArea {
    let fits = |room: f64, one: f64| ((room / one + ROUNDING).floor().max(1.0)) as u16;
    let columns = fits(rect.width * STAGE_WIDTH, SEAT_WIDTH).min(MAX_SEAT_COLUMNS);
    let rows = fits(rect.height * stage_height - HEAD_HEIGHT, SEAT_HEIGHT);
    let shown = seat_count.min(columns * rows);
    RoomArea { rect, seat_columns: columns.min(shown.max(1)), shown }
}

/// Rows from top to bottom, each filled by its cards.
fn rows_of(rooms_in_rows: &[u16]) -> Vec<Rect> {
    let height = 1.0 / rooms_in_rows.len().max(1) as f64;
    let mut rects = Vec::new();
    for (row, rooms) in rooms_in_rows.iter().enumerate() {
        let width = 1.0 / f64::from(*rooms);
        let rect = |i: u16| Rect { x: f64::from(i) * width, y: row as f64 * height, width, height };
        rects.extend((0..*rooms).map(rect));
    }
    rects
}

fn dynamic_grid(count: u16) -> Vec<Rect> {
    let columns = match count {
        0..=2 => count.max(1),
        3 | 4 => 2,
        5.. => 3,
    };
    let mut rows = vec![columns; usize::from(count.div_ceil(columns))];
    if let Some(first) = rows.first_mut() {
        *first -= (columns - count % columns) % columns;
    }
    rows_of(&rows)
}

fn uniform_grid(count: u16) -> Vec<Rect> {
    let columns = (1..=count).find(|columns| columns * columns >= count);
    grid(count, columns.unwrap_or(1), 0.0)
}

/// The first card at full height on the left, the others in columns beside it.
fn beside_a_large_one(count: u16, large_width: f64, columns: u16) -> Vec<Rect> {
    let small = count.saturating_sub(1);
    let width = if small == 0 { 1.0 } else { large_width };
    let mut rects = vec![Rect { x: 0.0, y: 0.0, width, height: 1.0 }];
    rects.extend(grid(small, columns.min(small).max(1), width));
    rects
}

/// Cards of one size in columns, to the right of `left`.
fn grid(count: u16, columns: u16, left: f64) -> Vec<Rect> {
    let rows = count.div_ceil(columns).max(1);
    let (width, height) = ((1.0 - left) / f64::from(columns), 1.0 / f64::from(rows));
    let cell = |i: u16| Rect {
        x: left + f64::from(i % columns) * width,
        y: f64::from(i / columns) * height,
        width,
        height,
    };
    (0..count).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::limits::{MAX_LIVES_PER_CONNECTION, MAX_SEATS_PER_LIVE};

    use super::*;

    const TEMPLATES: [LayoutTemplate; 7] = [
        SIX_AGAINST_SIX,
        SIX_AGAINST_SIX_ALIAS,
        LANDSCAPE,
        DYNAMIC_GRID,
        ONE_PLUS_SIX,
        LEFT_FOCUS,
        UNIFORM_GRID,
    ];

    fn overlap(a: &Rect, b: &Rect) -> bool {
        let apart = |a: f64, a_len: f64, b: f64, b_len: f64| a + a_len <= b + 1e-9 || b + b_len <= a + 1e-9;
        !apart(a.x, a.width, b.x, b.width) && !apart(a.y, a.height, b.y, b.height)
    }

    fn every_stage(check: impl Fn(LayoutTemplate, usize, &Arrangement)) {
        for template in TEMPLATES {
            for count in 2..=MAX_LIVES_PER_CONNECTION {
                check(template, count, &arrange(template, &vec![8; count]));
            }
        }
    }

    #[test]
    fn no_two_rooms_overlap_in_any_template() {
        every_stage(|template, count, stage| {
            assert_eq!(stage.areas.len(), count);
            for (i, a) in stage.areas.iter().enumerate() {
                let clash = stage.areas[..i].iter().any(|b| overlap(&a.rect, &b.rect));
                assert!(!clash, "template {template}, {count} rooms: {stage:?}");
            }
        });
    }

    #[test]
    fn every_room_is_inside_the_stage() {
        every_stage(|template, count, stage| {
            for RoomArea { rect, .. } in &stage.areas {
                let is_inside = rect.x >= 0.0
                    && rect.y >= 0.0
                    && rect.width > 0.0
                    && rect.height > 0.0
                    && rect.x + rect.width <= 1.0 + 1e-9
                    && rect.y + rect.height <= 1.0 + 1e-9;
                assert!(is_inside, "template {template}, {count} rooms: {rect:?}");
            }
        });
    }

    #[test]
    fn ones_own_room_stands_first_and_no_other_is_larger() {
        every_stage(|template, count, stage| {
            let size = |rect: &Rect| rect.width * rect.height;
            let own = &stage.areas[0].rect;
            assert!(own.x == 0.0 && own.y == 0.0);
            let is_largest = stage.areas.iter().all(|area| size(&area.rect) <= size(own) + 1e-9);
            assert!(is_largest, "template {template}, {count} rooms");
        });
    }

    #[test]
    fn rooms_keep_their_places_whatever_seats_they_have() {
        for template in TEMPLATES {
            let rects = |seats: &[u16]| -> Vec<Rect> {
                arrange(template, seats).areas.iter().map(|area| area.rect).collect()
            };
            assert_eq!(rects(&[8, 8, 8]), rects(&[2, 50, 1]), "template {template}");
        }
    }

    #[test]
    fn a_room_shows_what_fits_and_every_room_shows_somebody() {
        every_stage(|template, count, _| {
            for seats in [1, 2, 8, MAX_SEATS_PER_LIVE] {
                for area in arrange(template, &vec![seats; count]).areas {
                    assert!(
                        (1..=seats).contains(&area.shown),
                        "template {template}, {count} rooms: {area:?}"
                    );
                    assert!(area.seat_columns >= 1 && area.seat_columns <= area.shown);
                }
            }
        });
    }

    #[test]
    fn landscape_shows_one_seat_of_each_of_two_rooms() {
        let stage = arrange(LANDSCAPE, &[8, 8]);
        assert!(stage.aspect < 1.0);
        assert!(stage.areas.iter().all(|area| area.shown == 1 && area.rect.width == 0.5));
    }

    #[test]
    fn one_plus_six_is_a_large_room_and_six_small_ones() {
        let stage = arrange(ONE_PLUS_SIX, &[8; 7]);
        assert_eq!(stage.areas[0].rect, Rect { x: 0.0, y: 0.0, width: 0.5, height: 1.0 });
        let small = &stage.areas[1].rect;
        assert!(stage.areas[1..].iter().all(|area| area.rect.width == small.width && area.rect.x >= 0.5));
    }

    #[test]
    fn the_uniform_grid_makes_all_rooms_alike() {
        for count in 2..=MAX_LIVES_PER_CONNECTION {
            let areas = arrange(UNIFORM_GRID, &vec![8; count]).areas;
            let first = areas[0].rect;
            let is_alike =
                |area: &RoomArea| area.rect.width == first.width && area.rect.height == first.height;
            assert!(areas.iter().all(is_alike));
        }
    }

    #[test]
    fn the_dynamic_grid_leaves_no_hole() {
        for count in 2..=MAX_LIVES_PER_CONNECTION {
            let areas = arrange(DYNAMIC_GRID, &vec![8; count]).areas;
            let filled: f64 = areas.iter().map(|area| area.rect.width * area.rect.height).sum();
            assert!((filled - 1.0).abs() < 1e-9, "{count} rooms fill {filled}");
        }
    }

    #[test]
    fn two_rooms_of_six_are_a_duel_and_the_named_templates_are_not() {
        assert!(is_duel(SIX_AGAINST_SIX) && is_duel(SIX_AGAINST_SIX_ALIAS));
        assert!(
            [LANDSCAPE, DYNAMIC_GRID, ONE_PLUS_SIX, LEFT_FOCUS, UNIFORM_GRID].iter().all(|t| !is_duel(*t))
        );
    }
}
