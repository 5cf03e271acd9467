//! The engine, and the thread that it runs on.

mod backlog;
mod client;
mod commands;
mod fanout;
mod gauges;
mod input;
mod machine;
mod presence;
mod queries;
mod recovery;
mod replay;
mod rooms;
mod sessions;
mod snapshots;
#[cfg(test)]
mod stage;
mod thread;
mod waiting;

pub(crate) use gauges::Gauges;
pub(crate) use input::Identity;
pub(crate) use thread::{EngineHandle, EngineParts, recover, report_channel, start};
