//! Gifts.

mod sheet;

pub use sheet::{GiftSheet, PickedGift};
