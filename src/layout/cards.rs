//! Three to nine lives: a card each, one's own first and widest.

/// A card's place on the grid of cards, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardSlot {
    pub column: u16,
    pub row: u16,
    /// Columns it spans.
    pub span: u16,
}

/// Columns of the grid of cards.
#[must_use]
pub fn card_columns(live_count: u16) -> u16 {
    if live_count <= 4 { 2 } else { 3 }
}

/// One card per live, in order: the first spans what would stay empty.
#[must_use]
pub fn room_cards(live_count: u16) -> Vec<CardSlot> {
    let columns = card_columns(live_count);
    let rows = live_count.div_ceil(columns);
    let first_span = columns * rows - live_count + 1;
    (0..live_count)
        .map(|card| {
            let cell = if card == 0 { 0 } else { card + first_span - 1 };
            CardSlot {
                column: cell % columns,
                row: cell / columns,
                span: if card == 0 { first_span } else { 1 },
            }
        })
        .collect()
}

/// How many seats a card shows, by how many columns it spans and how many lives there are.
#[must_use]
pub fn card_seats(live_count: u16, span: u16, seat_count: u16) -> u16 {
    let room: u16 = match (live_count, span) {
        (_, 2..) => 6,
        (..=4, _) => 4,
        (_, _) => 3,
    };
    seat_count.min(room)
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::limits::MAX_LIVES_PER_CONNECTION;

    use super::*;

    #[test]
    fn row_13_three_to_nine_lives_fill_the_grid_without_overlap() {
        for count in 3..=u16::try_from(MAX_LIVES_PER_CONNECTION).unwrap() {
            let columns = card_columns(count);
            let mut cells: Vec<(u16, u16)> = room_cards(count)
                .iter()
                .flat_map(|card| (card.column..card.column + card.span).map(move |column| (card.row, column)))
                .collect();
            assert!(cells.iter().all(|(_, column)| *column < columns), "{count} lives");
            let filled = cells.len();
            cells.sort_unstable();
            cells.dedup();
            assert_eq!(cells.len(), filled, "{count} lives overlap");
            assert_eq!(filled % usize::from(columns), 0, "{count} lives leave a hole");
        }
    }

    #[test]
    fn row_13_ones_own_card_stands_first_and_is_never_narrower() {
        for count in 3..=9 {
            let cards = room_cards(count);
            assert_eq!((cards[0].column, cards[0].row), (0, 0));
            assert!(cards.iter().all(|card| card.span <= cards[0].span));
        }
    }

    #[test]
    fn row_14_a_card_shows_no_more_seats_than_it_has_room_for() {
        assert_eq!(card_seats(3, 2, 50), 6);
        assert_eq!(card_seats(4, 1, 50), 4);
        assert_eq!(card_seats(9, 1, 50), 3);
        assert_eq!(card_seats(9, 1, 2), 2);
    }
}
