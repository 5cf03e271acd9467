//! Gifts.

mod sheet;

pub use sheet::{GiftProgress, GiftSheet, PickedGift};
