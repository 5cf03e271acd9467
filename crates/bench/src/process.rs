//! A peer: a process that viewers connect to, so that its processor time and memory are its own.
//!
//! It prints `listening on http://ADDRESS` when it is ready. Peers of this crate stay idle until
//! they read a line from standard input, and then send until they are killed.

use std::{
    fs,
    io::{BufRead, BufReader, Write, stdin},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use clap::Args;

const ANNOUNCEMENT: &str = "listening on http://";
/// `USER_HZ`: units of processor time in `/proc` per second, the same on all Linux machines.
const TICKS_PER_SECOND: f64 = 100.0;
/// Fields of `/proc/<pid>/stat` after the name, counted from 0.
const USER_TIME_FIELD: usize = 11;

/// Options of the peers of this crate.
#[derive(Debug, Args)]
pub struct PeerOptions {
    /// Frames to each viewer every second
    #[arg(long)]
    pub rate: u32,
    /// Bytes of a frame's payload
    #[arg(long)]
    pub payload_bytes: usize,
}

impl PeerOptions {
    pub fn interval(&self) -> Duration {
        Duration::from_secs(1) / self.rate
    }

    pub fn payload(&self) -> String {
        "x".repeat(self.payload_bytes)
    }
}

/// Prints the address for the parent process and waits for its start signal.
pub fn announce_and_wait(address: SocketAddr) -> Result<()> {
    println!("{ANNOUNCEMENT}{address}");
    stdin().read_line(&mut String::new())?;
    Ok(())
}

/// A running peer. Killed on drop.
pub struct Peer {
    child: Child,
    pub address: SocketAddr,
}

impl Peer {
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        let output = child.stdout.take().context("its standard output is ours")?;
        let address = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once(ANNOUNCEMENT)?.1.trim_end_matches('/').parse().ok())
            .context("the peer ended before it was ready")?;
        Ok(Self { child, address })
    }

    pub fn spawn_self(subcommand: &str, options: &PeerOptions) -> Result<Self> {
        let program = std::env::current_exe()?;
        let rate = options.rate.to_string();
        let payload_bytes = options.payload_bytes.to_string();
        Self::spawn(Command::new(program).args([
            subcommand,
            "--rate",
            &rate,
            "--payload-bytes",
            &payload_bytes,
        ]))
    }

    /// Sends the start signal.
    pub fn start_sending(&mut self) -> Result<()> {
        let input = self.child.stdin.as_mut().context("its standard input is ours")?;
        Ok(writeln!(input)?)
    }

    /// Processor time so far, user and system together.
    pub fn cpu_time(&self) -> Result<Duration> {
        let stat = self.proc_file("stat")?;
        let (_, fields) = stat.rsplit_once(')').context("a line of /proc/<pid>/stat")?;
        let ticks = fields
            .split_whitespace()
            .skip(USER_TIME_FIELD)
            .take(2)
            .map(str::parse::<u32>)
            .sum::<Result<u32, _>>()?;
        Ok(Duration::from_secs_f64(f64::from(ticks) / TICKS_PER_SECOND))
    }

    /// Resident memory, in KiB.
    pub fn rss_kib(&self) -> Result<f64> {
        let status = self.proc_file("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.context("VmRSS in /proc/<pid>/status")?.parse()?)
    }

    fn proc_file(&self, name: &str) -> Result<String> {
        let path = format!("/proc/{}/{name}", self.child.id());
        fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // A peer that has exited already needs no kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
