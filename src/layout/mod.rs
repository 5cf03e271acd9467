//! Where things stand on the screen: pure geometry, no DOM.
//!
//! A seat's place follows from (live, index) alone, so nothing shifts when somebody comes or goes.

mod bar;
mod board;
mod rooms;

pub use bar::{Fit, MANY, Segment, split, stacked};
pub use board::{Board, Slot, duel_board, duel_shown, overflow, solo_board, solo_columns};
pub use rooms::{
    Arrangement, DYNAMIC_GRID, LANDSCAPE, LEFT_FOCUS, ONE_PLUS_SIX, Rect, RoomArea, SIX_AGAINST_SIX,
    UNIFORM_GRID, arrange, is_duel,
};
