//! Benchmarks of the server: `duelcast-bench fanout`, usually started as
//! `cargo xtask bench fanout`.

mod bare_loop;
mod fanout;
mod frames;
mod host;
mod process;
mod report;
mod rest;
mod socket_host;
mod stage;
mod viewers;

use clap::Parser;

/// Load generators for Duelcast.
#[derive(Debug, Parser)]
enum Command {
    /// CPU per delivered message and memory per idle socket, beside a bare loop of system calls
    Fanout(fanout::Options),
    /// The bare loop, as a process of its own
    #[command(hide = true)]
    BareLoop(process::PeerOptions),
    /// The server's socket layer without the rest of the server, as a process of its own
    #[command(hide = true)]
    SocketHost(process::PeerOptions),
}

fn main() -> anyhow::Result<()> {
    let command = Command::parse();
    rlimit::increase_nofile_limit(u64::MAX)?;
    match command {
        Command::Fanout(options) => fanout::run(&options),
        Command::BareLoop(options) => bare_loop::run(&options),
        Command::SocketHost(options) => socket_host::run(&options),
    }
}
