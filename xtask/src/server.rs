//! Building the server and the billing example, and starting programs that print where they listen.

use std::{
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStdout, Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};
use xshell::{Cmd, cmd};

use crate::{paths, steps::Step};

/// Package and binary of the server.
pub const SERVER: &str = "duelcast-server";
/// Package and binary of the billing example.
pub const BILLING: &str = "duelcast-example-billing";

pub const BUILD: Step = ("building the server", build);
pub const BUILD_WITH_TESTS: Step = ("building the server among the tests", build_with_tests);
pub const BUILD_RELEASE: Step = ("building the release server", build_release);

/// Builds what `cargo xtask run` starts.
fn build() -> Result<()> {
    let shell = paths::shell()?;
    Ok(cmd!(shell, "cargo build -p {SERVER} -p {BILLING}").quiet().run()?)
}

/// The same with the features that `cargo test --workspace` unifies, so that nothing is built
/// twice.
fn build_with_tests() -> Result<()> {
    let shell = paths::shell()?;
    Ok(cmd!(shell, "cargo build --workspace --bins --tests").quiet().run()?)
}

fn build_release() -> Result<()> {
    let shell = paths::shell()?;
    Ok(cmd!(shell, "cargo build --release -p {SERVER}").quiet().run()?)
}

/// A program that serves HTTP; it is stopped when this is dropped.
pub struct Service {
    name: &'static str,
    child: Child,
    /// Where it listens: `http://…`.
    pub url: String,
}

impl Service {
    /// Starts it and waits for its line `listening on URL`; whatever else it prints goes to the
    /// terminal.
    pub fn start(name: &'static str, command: Cmd) -> Result<Self> {
        let mut child = Command::from(command)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let Some(url) = listening_url(&mut lines) else {
            child.wait()?;
            bail!("{name} did not start; its errors are above");
        };
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
        Ok(Self { name, child, url })
    }

    /// Whether it is still there.
    pub fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("{} ended ({status})", self.name),
            None => Ok(()),
        }
    }
}

impl Drop for Service {
    /// Asks it to end, so that the server closes its log, and waits for that.
    fn drop(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if asked.is_err() {
            eprintln!("warning: {} is killed: there is no `kill` to ask it with", self.name);
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}

/// Waits for the line that says where a program listens; `None` when it ended before.
fn listening_url(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<String> {
    lines.map_while(Result::ok).find_map(|line| {
        let url = line.trim().strip_prefix("listening on ").map(str::to_owned);
        if url.is_none() {
            println!("{line}");
        }
        url
    })
}
