//! The server of Duelcast as a library, so that its parts can be tested and measured on their own.

pub mod socket;
