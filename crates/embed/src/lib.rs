//! The client as the npm package's TypeScript sees it. Values cross as plain objects with the names
//! of the wire; units, types, stores and custom elements are the TypeScript's part.

mod client;
#[cfg(feature = "elements")]
mod elements;
mod error;
mod live;
mod panic;
mod tokens;
mod values;

pub use client::EmbeddedClient;
#[cfg(feature = "elements")]
pub use elements::EmbeddedView;
pub use live::EmbeddedLive;
pub use panic::{break_on_purpose, on_panic};
