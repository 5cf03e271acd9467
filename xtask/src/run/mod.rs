//! `cargo xtask run`: builds everything, then starts a server with demo streamers and the billing
//! example until Ctrl-C.

mod options;
mod secrets;

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    process::Command,
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

use anyhow::{Context, Result, bail};

pub use options::Options;
use secrets::Secrets;

use crate::{
    client, paths, prerequisites,
    server::{self, BILLING, SERVER, Service},
    steps::Steps,
};

/// How often the programs are checked for being alive.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

pub fn run(options: Options) -> Result<()> {
    let options = options.normalize()?;
    let listen = free_address(options.listen)?;
    let mut steps = Steps::new(5);
    steps.step("checking what must be installed", prerequisites::check)?;
    let secrets = Secrets::load(&options.data)?;
    steps.step("looking for the build tools", client::install_tools)?;
    steps.step("building the client", client::build)?;
    steps.step("building the server", server::build)?;
    steps.begin("starting the server, the demo streamers and the billing example");
    let interrupted = interrupts()?;
    let billing = start_billing(listen, &secrets)?;
    let server = start_server(listen, &options, &secrets, &billing)?;
    println!("Open {}", options.public_url.as_ref().unwrap_or(&server.url));
    watch(&interrupted, [server, billing])
}

/// Fails when the port is taken, before anything is built; port 0 becomes a free one.
fn free_address(wanted: SocketAddr) -> Result<SocketAddr> {
    match TcpListener::bind(wanted) {
        Ok(listener) => Ok(listener.local_addr()?),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {} is in use: stop what listens there, or choose another with `cargo xtask run --listen 127.0.0.1:{}`",
            wanted.port(),
            wanted.port().wrapping_add(1)
        ),
        Err(error) => Err(error).with_context(|| format!("nothing can listen on {wanted}")),
    }
}

fn start_billing(server: SocketAddr, secrets: &Secrets) -> Result<Service> {
    let mut command = Command::new(paths::binary("debug", BILLING));
    command
        .args(["--listen", "127.0.0.1:0", "--server", &local_url(server)])
        .env("BILLING_TOKEN", secrets.service_token()?)
        .env("BILLING_WEBHOOK_SECRET", &secrets.webhook);
    Service::start("the billing example", &mut command)
}

fn start_server(
    listen: SocketAddr,
    options: &Options,
    secrets: &Secrets,
    billing: &Service,
) -> Result<Service> {
    let mut command = Command::new(paths::binary("debug", SERVER));
    command
        .args([
            "serve",
            "--demo",
            "--listen",
            &listen.to_string(),
            "--webhook",
            &format!("{}/webhook", billing.url),
            "--webhook-allow-private",
        ])
        .arg("--data")
        .arg(&options.data)
        .current_dir(paths::root())
        .env("DUELCAST_API_KEY", secrets.api_key())
        .env("DUELCAST_WEBHOOK_SECRET", &secrets.webhook)
        .env("DUELCAST_LOG", std::env::var("DUELCAST_LOG").unwrap_or_else(|_| "warn".to_owned()));
    if let Some(url) = &options.public_url {
        command.args(["--public-url", url]);
    }
    command.args(&options.server_flags);
    Service::start("the server", &mut command)
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
    use super::*;

    #[test]
    fn a_port_in_use_is_one_sentence_that_says_what_to_do() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = free_address(taken.local_addr().unwrap()).unwrap_err();
        assert!(error.to_string().contains("--listen 127.0.0.1:"), "{error}");
    }

    #[test]
    fn a_server_on_all_addresses_is_reached_on_this_machine() {
        assert_eq!(local_url("0.0.0.0:80".parse().unwrap()), "http://127.0.0.1:80");
    }
}
