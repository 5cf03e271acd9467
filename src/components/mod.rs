//! The components of the pages: small functions with typed props. They read server-driven state
//! from the stores and never write it.

pub mod avatar;
pub mod chat;
pub mod choice;
pub mod cohost;
pub mod countdown;
pub mod gifts;
pub mod icons;
pub mod language;
pub mod live;
pub mod lobby;
pub mod main_part;
pub mod microphone_check;
pub mod picks;
pub mod pk;
pub mod requests;
pub mod room;
pub mod seats;
pub mod session;
pub mod sheet;
pub mod sign_in;
pub mod toasts;
