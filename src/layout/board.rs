//! Grids of seats: one live alone, or two lives side by side.

/// Number of seats per live in a duel: two columns by three rows.
pub const DUEL_SEATS_PER_LIVE: u16 = 6;
const DUEL_COLUMNS_PER_LIVE: u16 = 2;
const DUEL_ROWS: u16 = 3;
/// Maximum number of columns that keeps avatars at full size on a phone.
const MAX_SOLO_COLUMNS: u16 = 5;

/// A cell of a grid, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub column: u16,
    pub row: u16,
}

/// A grid and the cells of its seats, ordered by live, then by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    pub columns: u16,
    pub rows: u16,
    pub slots: Vec<Slot>,
}

/// Number of columns of a live that is not connected.
#[must_use]
pub fn solo_columns(seat_count: u16) -> u16 {
    match seat_count {
        0 | 1 => 1,
        2 | 4 => 2,
        3 | 5 | 6 | 9 => 3,
        7 | 8 | 11 | 12 | 16 => 4,
        10 | 13..=15 | 17.. => MAX_SOLO_COLUMNS,
    }
}

/// All seats of one live, row by row.
#[must_use]
pub fn solo_board(seat_count: u16) -> Board {
    let columns = solo_columns(seat_count);
    let slots = in_rows(0, columns, seat_count).collect();
    Board { columns, rows: seat_count.div_ceil(columns).max(1), slots }
}

/// Number of seats of a live that are shown in a duel.
#[must_use]
pub fn duel_shown(seat_count: u16) -> u16 {
    seat_count.min(DUEL_SEATS_PER_LIVE)
}

/// Two lives: four columns by three rows, ours in columns 0 and 1, seat `i` at column `i % 2`, row
/// `i / 2`.
#[must_use]
pub fn duel_board(own_seat_count: u16, other_seat_count: u16) -> Board {
    let half = |first_column, seats| in_rows(first_column, DUEL_COLUMNS_PER_LIVE, duel_shown(seats));
    let mut slots: Vec<_> = half(0, own_seat_count).collect();
    slots.extend(half(DUEL_COLUMNS_PER_LIVE, other_seat_count));
    Board { columns: 2 * DUEL_COLUMNS_PER_LIVE, rows: DUEL_ROWS, slots }
}

/// `count` cells row by row, in columns from `first_column` on.
fn in_rows(first_column: u16, columns: u16, count: u16) -> impl Iterator<Item = Slot> {
    (0..count).map(move |index| Slot { column: first_column + index % columns, row: index / columns })
}

/// Number of taken seats that the layout does not show: the N of "+N".
#[must_use]
pub fn overflow(taken: impl IntoIterator<Item = u16>, shown: u16) -> usize {
    taken.into_iter().filter(|index| *index >= shown).count()
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::limits::MAX_SEATS_PER_LIVE;

    use super::*;

    fn assert_sound(board: &Board) {
        for (i, slot) in board.slots.iter().enumerate() {
            assert!(slot.column < board.columns && slot.row < board.rows, "{slot:?} is outside {board:?}");
            assert!(!board.slots[..i].contains(slot), "{slot:?} is taken twice in {board:?}");
        }
    }

    #[test]
    fn every_seat_of_every_board_has_a_place_of_its_own_inside_it() {
        for own in 1..=MAX_SEATS_PER_LIVE {
            let solo = solo_board(own);
            assert_sound(&solo);
            assert_eq!(solo.slots.len(), usize::from(own));
            for other in 1..=MAX_SEATS_PER_LIVE {
                assert_sound(&duel_board(own, other));
            }
        }
    }

    #[test]
    fn a_duel_is_four_columns_by_three_rows_with_ones_own_live_on_the_left() {
        let board = duel_board(6, 6);
        assert_eq!((board.columns, board.rows, board.slots.len()), (4, 3, 12));
        for index in 0..6_u16 {
            let (own, other) = (board.slots[usize::from(index)], board.slots[usize::from(index) + 6]);
            assert_eq!(own, Slot { column: index % 2, row: index / 2 });
            assert_eq!(other, Slot { column: 2 + index % 2, row: index / 2 });
        }
    }

    #[test]
    fn the_place_of_a_seat_does_not_depend_on_who_sits_where() {
        assert_eq!(duel_board(6, 2).slots[..6], duel_board(6, 6).slots[..6]);
        assert_eq!(duel_board(8, 20), duel_board(6, 6));
    }

    #[test]
    fn users_outside_the_shown_seats_are_counted() {
        assert_eq!(overflow([0, 3, 5], 6), 0);
        assert_eq!(overflow([0, 5, 6, 7, 49], 6), 3);
        assert_eq!(overflow([], 6), 0);
    }

    #[test]
    fn a_grid_of_one_live_never_has_more_columns_than_seats() {
        for count in 1..=MAX_SEATS_PER_LIVE {
            assert!(solo_columns(count) <= count);
        }
    }
}
