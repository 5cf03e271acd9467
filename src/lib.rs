//! The Duelcast client.
