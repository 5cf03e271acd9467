//! The whole server through its public interfaces: real sockets, real HTTP, a data folder of its
//! own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod host;
mod http;
mod process;
mod receiver;

mod admission;
mod audience;
mod battles;
mod connections;
mod crashes;
mod limits;
mod matrix;
mod moderation;
mod pages;
mod presence;
mod scores;
mod secrets;
mod slow_readers;
mod startup;
mod webhooks;
