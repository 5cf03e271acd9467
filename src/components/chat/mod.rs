//! Chat lines.

mod item;

pub use item::ChatLine;
