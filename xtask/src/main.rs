//! `cargo xtask`: everything a developer types. Builds, starts and tests Duelcast; knows no rules
//! and no wire types.

mod bench;
mod chromium;
mod client;
mod npm;
mod paths;
mod run;
mod secrets;
mod server;
mod steps;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, starts, tests and measures Duelcast.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds everything and starts a server with demo streamers and the billing example
    Run(run::Options),
    /// Runs every test and ends with one line: N passed, N failed
    Test {
        /// Run one part only
        #[arg(long, value_enum)]
        only: Option<test::Part>,
    },
    /// Builds the release server with the client inside
    Build,
    /// Builds the npm package in npm/dist, and tests it on request
    Npm {
        #[command(subcommand)]
        command: Option<NpmCommand>,
    },
    /// Measures: what a delivered message and an idle socket cost (fanout), what a frame of the
    /// page costs (frames), what the client of this tree costs beside that of another server binary
    /// (client)
    Bench {
        what: String,
        /// Options of the benchmark
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
}

#[derive(Subcommand)]
enum NpmCommand {
    /// Builds and tests the package
    Test,
}

fn main() -> ExitCode {
    match dispatch(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the command succeeded.
fn dispatch(command: Command) -> Result<bool> {
    match command {
        Command::Run(options) => run::run(options)?,
        Command::Test { only } => return test::run(only),
        Command::Build => steps::run(&[client::TOOLS, client::BUILD, server::BUILD_RELEASE])?,
        Command::Npm { command: None } => steps::run(&[client::TOOLS, npm::BUILD])?,
        Command::Npm { command: Some(NpmCommand::Test) } => return test::run(Some(test::Part::Npm)),
        Command::Bench { what, options } => bench::run(&what, &options)?,
    }
    Ok(true)
}
