//! The server of Duelcast as a library, so that its parts can be tested and measured on their own.

mod assets;
pub mod auth;
pub mod clock;
pub mod config;
mod data;
mod demo;
pub mod doors;
mod engine;
mod gateway;
mod listener;
pub mod log;
mod metrics;
mod random;
mod rest;
pub mod simulate;
pub mod socket;
mod start;
pub mod tls;
mod webhooks;

pub use start::{Running, StartError, serve};
