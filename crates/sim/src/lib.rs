//! Tests only: random command streams against the realm and its promises.
//!
//! [`Move`]s are drawn without knowledge of the realm; [`Town`] makes commands of them, applies them, and after every one
//! checks what must always hold. It panics where a promise is broken.

mod audience;
mod moves;
mod promises;
mod town;

pub use moves::{Move, moves};
pub use town::Town;
