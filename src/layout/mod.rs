//! Where things stand on the screen: pure geometry, no DOM.
//!
//! A seat's place follows from (live, index) alone, so nothing shifts when somebody comes or goes.

mod bar;
mod board;
mod cards;

pub use bar::{Segment, split, stacked};
pub use board::{Board, Slot, duel_board, duel_shown, overflow, solo_board, solo_columns};
pub use cards::{CardSlot, card_columns, card_seats, room_cards};
