//! Tests only: random command streams against the realm and its invariants.
//!
//! [`Move`]s are drawn without knowledge of the realm. [`Town`] translates them into commands,
//! applies them, and checks the invariants after each. It panics if an invariant is violated.

mod audience;
mod moves;
mod promises;
mod town;

pub use moves::{Move, moves};
pub use town::Town;
