//! Layout of the stage: pure geometry, no DOM.
//!
//! The place of a seat depends only on (live, index), so that no seat moves when users join or
//! leave.

mod bar;
mod board;
mod rooms;

pub use bar::{Fit, MANY, Segment, split, stacked};
pub use board::{Board, Slot, duel_board, duel_shown, overflow, solo_board, solo_columns};
pub use rooms::{
    Arrangement, DYNAMIC_GRID, LANDSCAPE, LEFT_FOCUS, ONE_PLUS_SIX, Rect, RoomArea, SIX_AGAINST_SIX,
    UNIFORM_GRID, arrange, is_duel,
};
