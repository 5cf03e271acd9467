//! The headless client as the npm package's TypeScript sees it. Values cross as plain objects with the names of the wire;
//! units, types and stores are the TypeScript's part.

mod client;
mod error;
mod live;
mod panic;
mod tokens;
mod values;

pub use client::EmbeddedClient;
pub use live::EmbeddedLive;
pub use panic::on_panic;
