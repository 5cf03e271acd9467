//! What must not be guessed or shown: random ids, random bytes, and secrets that sign.

pub mod random;
mod secret;

pub use secret::Secret;
