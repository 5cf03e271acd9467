//! Building the server and the billing example, and starting programs that say where they listen.

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    process::{cargo, run},
    steps::Work,
};

/// Package and binary of the server.
pub const SERVER: &str = "duelcast-server";
/// Package and binary of the billing example.
pub const BILLING: &str = "duelcast-example-billing";

/// How long a program may take to end after it was asked to.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);
const STOP_POLL: Duration = Duration::from_millis(20);

/// Builds what `cargo xtask run` starts.
pub fn build() -> Result<Work> {
    run(cargo().args(["build", "-p", SERVER, "-p", BILLING]))?;
    Ok(Work::Done)
}

/// The same, as they come out of building all tests: with these features most of it is built
/// already.
pub fn build_among_tests() -> Result<Work> {
    run(cargo().args(["build", "--workspace", "--bins", "--tests"]))?;
    Ok(Work::Done)
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
    pub fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("{name} could not be started"))?;
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let Some(url) = listening_url(&mut stdout)? else {
            child.wait()?;
            bail!("{name} did not start; it says why above");
        };
        thread::spawn(move || pass_on(stdout));
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
    fn drop(&mut self) {
        ask_to_end(&mut self.child);
        let patience = Instant::now() + STOP_TIMEOUT;
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > patience {
                eprintln!("warning: {} does not end by itself and is killed", self.name);
                report(self.child.kill());
                report(self.child.wait());
                return;
            }
            thread::sleep(STOP_POLL);
        }
    }
}

/// Waits for the line that says where a program listens; `None` when it ended before.
fn listening_url(stdout: &mut BufReader<ChildStdout>) -> Result<Option<String>> {
    let mut line = String::new();
    while stdout.read_line(&mut line)? > 0 {
        if let Some(url) = line.trim().strip_prefix("listening on ") {
            return Ok(Some(url.to_owned()));
        }
        print!("{line}");
        line.clear();
    }
    Ok(None)
}

fn pass_on(mut stdout: BufReader<ChildStdout>) {
    report(std::io::copy(&mut stdout, &mut std::io::stdout()));
}

#[cfg(unix)]
fn ask_to_end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(None)) {
        report(Command::new("kill").args(["-TERM", &child.id().to_string()]).status());
    }
}

#[cfg(not(unix))]
fn ask_to_end(child: &mut Child) {
    report(child.kill());
}

fn report<T>(result: std::io::Result<T>) {
    if let Err(error) = result {
        eprintln!("warning: {error}");
    }
}
