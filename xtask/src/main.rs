//! `cargo xtask`: everything a developer types. Builds, starts and tests Duelcast; knows no rules and no wire types.

mod bench;
mod build;
mod client;
mod fingerprint;
mod install;
mod npm;
mod paths;
mod prerequisites;
mod process;
mod run;
mod server;
mod steps;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask <command>

  run [--listen ADDR] [--data DIR] [--public-url URL] [-- SERVER FLAGS]
                     builds everything and starts a server with demo streamers and the billing example
  test [--again | --only lint|native|contract|wasm|e2e|npm]
                     runs every test, unless nothing changed since all passed, and ends with one line:
                     N passed, N failed
  build              builds the release server with the client inside
  ci                 test --again
  npm [test]         builds the npm package in npm/dist, and tests it
  bench fanout …     measures what one delivered message and one idle socket cost
  bench frames …     measures what a frame of the page costs while scores move";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = args.split_first() else { bail!("which command?\n\n{USAGE}") };
    match command.as_str() {
        "run" => run::run(&run::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "test" => test::run(test::Selection::parse(rest)?),
        "ci" => test::run(test::Selection::Again),
        "build" => build::run().map(|()| ExitCode::SUCCESS),
        "npm" => npm::run(rest),
        "bench" => bench::run(rest).map(|()| ExitCode::SUCCESS),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}
