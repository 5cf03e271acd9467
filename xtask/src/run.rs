//! `cargo xtask run`: builds everything, then starts a server with demo streamers and the billing
//! example until Ctrl-C.

use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use xshell::cmd;

use crate::{
    client, paths,
    secrets::Secrets,
    server::{self, BILLING, SERVER, Service},
    steps,
};

/// How often the programs are checked for being alive.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

/// What to start.
#[derive(Debug, Args)]
pub struct Options {
    /// Where the server listens; port 0 picks a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// The folder for secrets and the server's data
    #[arg(long, default_value_os_t = paths::root().join("data"), value_name = "FOLDER")]
    data: PathBuf,
    /// Further flags of `duelcast-server serve`
    #[arg(last = true, value_name = "SERVER FLAGS")]
    server_flags: Vec<String>,
}

impl Options {
    /// Takes the flags that this command reads itself out of the server's: they may stand on either
    /// side of `--`.
    fn normalize(mut self) -> Result<Self> {
        if let Some(listen) = take(&mut self.server_flags, "--listen")? {
            self.listen = listen.parse().with_context(|| {
                format!("--listen takes an address and a port, such as 127.0.0.1:8080, not {listen:?}")
            })?;
        }
        if let Some(data) = take(&mut self.server_flags, "--data")? {
            self.data = data.into();
        }
        Ok(self)
    }
}

/// Removes `flag VALUE` or `flag=VALUE` from the flags; the value.
fn take(flags: &mut Vec<String>, flag: &str) -> Result<Option<String>> {
    let prefix = format!("{flag}=");
    let Some(at) = flags.iter().position(|other| other == flag || other.starts_with(&prefix)) else {
        return Ok(None);
    };
    let found = flags.remove(at);
    if let Some(value) = found.strip_prefix(&prefix) {
        return Ok(Some(value.to_owned()));
    }
    ensure!(at < flags.len(), "{flag} needs a value");
    Ok(Some(flags.remove(at)))
}

pub fn run(options: Options) -> Result<()> {
    let Options { listen, data, server_flags } = options.normalize()?;
    let listen = free_address(listen)?;
    let secrets = Secrets::load(&data)?;
    steps::run(&[client::TOOLS, client::BUILD, server::BUILD])?;
    let interrupted = interrupts()?;
    let shell = paths::shell()?;

    let Secrets { api_key, webhook } = &secrets;
    let (program, url) = (paths::binary("debug", BILLING), local_url(listen));
    let server = paths::binary("debug", SERVER);
    let token = cmd!(shell, "{server} token --service --user billing --ttl 30d")
        .env("DUELCAST_API_KEY", api_key)
        .quiet()
        .read()?;
    let billing = cmd!(shell, "{program} --listen 127.0.0.1:0 --server {url}")
        .env("BILLING_TOKEN", token)
        .env("BILLING_WEBHOOK_SECRET", webhook);
    let billing = Service::start("the billing example", billing)?;

    let (program, listen) = (paths::binary("debug", SERVER), listen.to_string());
    let webhook_url = format!("{}/webhook", billing.url);
    let server = cmd!(shell, "{program} serve --demo --listen {listen} --data {data}")
        .args(["--webhook", &webhook_url, "--webhook-allow-private"])
        .args(server_flags)
        .env("DUELCAST_API_KEY", api_key)
        .env("DUELCAST_WEBHOOK_SECRET", webhook)
        .env("DUELCAST_LOG", std::env::var("DUELCAST_LOG").unwrap_or_else(|_| "warn".to_owned()));
    let server = Service::start("the server", server)?;
    println!("Open {}", server.url);
    watch(&interrupted, [server, billing])
}

/// Fails when the port is taken, before anything is built; port 0 becomes a free one.
fn free_address(wanted: SocketAddr) -> Result<SocketAddr> {
    let listener = TcpListener::bind(wanted).with_context(|| {
        format!(
            "nothing can listen on {wanted}: stop what listens there, or choose another port with `--listen 127.0.0.1:{}`",
            wanted.port().wrapping_add(1)
        )
    })?;
    Ok(listener.local_addr()?)
}

/// How programs on this machine reach a server that may listen on all addresses.
fn local_url(mut listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        listen.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{listen}")
}

fn interrupts() -> Result<mpsc::Receiver<()>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    ctrlc::set_handler(move || {
        if sender.try_send(()).is_err() {
            eprintln!("stopping …");
        }
    })
    .context("Ctrl-C cannot be caught")?;
    Ok(receiver)
}

/// Waits for Ctrl-C, or for a program to end by itself. Dropping the programs stops them, the
/// server first.
fn watch(interrupted: &mpsc::Receiver<()>, mut services: [Service; 2]) -> Result<()> {
    loop {
        match interrupted.recv_timeout(WATCH_INTERVAL) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => services.iter_mut().try_for_each(Service::check)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Run {
        #[command(flatten)]
        options: Options,
    }

    fn parse(args: &[&str]) -> Result<Options> {
        Run::try_parse_from([&["run"], args].concat())?.options.normalize()
    }

    #[test]
    fn flags_of_both_may_stand_after_two_dashes() {
        let options =
            parse(&["--", "--grace-ms", "5", "--listen", "127.0.0.1:9000", "--data=there"]).unwrap();
        assert_eq!(options.listen, "127.0.0.1:9000".parse().unwrap());
        assert_eq!(options.data, PathBuf::from("there"));
        assert_eq!(options.server_flags, ["--grace-ms", "5"]);
    }

    #[test]
    fn an_unknown_flag_and_an_absent_value_are_errors() {
        assert!(parse(&["--port", "1"]).is_err());
        assert!(parse(&["--listen"]).is_err());
        assert!(parse(&["--", "--listen"]).is_err());
    }

    #[test]
    fn a_port_in_use_is_one_sentence_that_says_what_to_do() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = free_address(taken.local_addr().unwrap()).unwrap_err();
        assert!(error.to_string().contains("--listen 127.0.0.1:"), "{error}");
    }
}
