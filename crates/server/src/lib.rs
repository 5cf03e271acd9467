//! The server of Duelcast as a library, so that its parts can be tested and measured on their own.

pub mod admission;
mod assets;
pub mod auth;
pub mod config;
mod data;
mod demo;
mod engine;
mod gateway;
mod http_server;
mod metrics;
mod rest;
pub mod simulate;
mod start;
mod start_error;
pub mod tls;

/// Version and commit, such as `0.1.0 (3f2a9c01d4e5)`.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("DUELCAST_COMMIT"), ")");

pub use start::{Running, serve};
pub use start_error::StartError;
