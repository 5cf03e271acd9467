//! The Duelcast client.

pub mod app;
pub mod components;
pub mod format;
pub mod layout;
pub mod pages;
pub mod signaling;
pub mod stores;
mod token;
