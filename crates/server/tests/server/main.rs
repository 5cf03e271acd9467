//! The whole server through its public doors: real sockets, real HTTP, a data folder of its own.

mod client;
mod host;
mod http;
mod process;
mod receiver;

mod battles;
mod connections;
mod crashes;
mod doors;
mod presence;
mod scores;
mod startup;
mod webhooks;
