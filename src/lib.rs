//! The Duelcast client.

pub mod signaling;
pub mod stores;
