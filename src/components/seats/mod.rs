//! Seats: a single seat, and all seats on the stage.

mod all;
mod board;
mod card;
mod menu;
mod place;
mod seat;

pub use all::AllSeatsSheet;
pub use board::SeatBoard;
pub use menu::SeatSheet;
pub use place::SeatPlace;
pub use seat::{Seat, Side};
