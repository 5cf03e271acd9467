//! The real binary as a process of its own.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

pub const KEY: &str = "billing:0123456789abcdef0123456789abcdef";

pub struct Process {
    child: Child,
    pub addr: SocketAddr,
}

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duelcast-server"));
    command.env_clear();
    command
}

impl Process {
    /// Starts the server and waits until it says where it listens.
    pub fn start(data: &Path) -> Self {
        Self::spawn(data, "warn", Stdio::inherit())
    }

    /// Starts the server so that it logs all there is to say into this file.
    pub fn start_talkative(data: &Path, log: File) -> Self {
        Self::spawn(data, "trace", log.into())
    }

    fn spawn(data: &Path, level: &str, log: Stdio) -> Self {
        let mut child = command()
            .args(["serve", "--listen", "127.0.0.1:0", "--api-key", KEY, "--log", level, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addr =
            line.trim().strip_prefix("listening on http://").expect("the line says where").parse().unwrap();
        Self { child, addr }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the server to end and gives its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        let done = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(done.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the binary with these arguments until it ends by itself.
pub fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}
