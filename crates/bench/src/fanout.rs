//! Fan-out: processor time per delivered message, and memory per idle socket.

use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use clap::Args;
use duelcast_server::auth::ApiKey;
use tokio::{
    runtime::Builder,
    task::{LocalSet, spawn_local},
    time::sleep,
};

use crate::{
    process::{Peer, PeerOptions},
    report::{Measurement, Report, Sample},
    stage::{Stage, viewer_greeting},
    viewers::{Greeting, Viewers},
};

/// Sockets that connect before the first memory sample, so that one-time costs are not counted.
const WARM_UP_VIEWERS: usize = 100;
const WARM_UP: Duration = Duration::from_secs(1);
const QUIET: Duration = Duration::from_millis(500);
const API_KEY: &str = "bench:only-for-a-server-that-lives-as-long-as-a-run";

#[derive(Debug, Args)]
pub struct Options {
    /// Sockets that watch
    #[arg(long, default_value_t = 2_000)]
    viewers: usize,
    /// Score updates every second
    #[arg(long, default_value_t = 20)]
    rate: u32,
    /// How long to measure
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// The server to measure, if not the one next to this program
    #[arg(long, value_name = "PATH")]
    server: Option<PathBuf>,
    /// JSON instead of a table
    #[arg(long)]
    json: bool,
}

impl Options {
    fn duration(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

pub fn run(options: &Options) -> Result<()> {
    ensure!(
        options.viewers > WARM_UP_VIEWERS,
        "it takes more than {WARM_UP_VIEWERS} viewers to measure anything"
    );
    ensure!(options.rate > 0, "it takes updates to measure anything");
    let server = measure_server(options)?;
    let peer = PeerOptions { rate: options.rate, payload_bytes: server.payload_bytes() };
    let hello = Greeting::WebSocket(vec!["hello".to_owned()]);
    let report = Report {
        viewers: options.viewers,
        rate: options.rate,
        seconds: options.seconds,
        peers: vec![
            server,
            measure_own("socket layer", "socket-host", &hello, &peer, options)?,
            measure_own("bare loop", "bare-loop", &Greeting::Plain, &peer, options)?,
        ],
    };
    if options.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        report.print_table();
    }
    Ok(())
}

/// Measures the real server: a battle, a back end that changes its score, and viewers who have
/// joined.
fn measure_server(options: &Options) -> Result<Measurement> {
    let key: ApiKey = API_KEY.parse()?;
    let data = DataFolder::create()?;
    let server = options.server.clone().map_or_else(default_server, Ok)?;
    let peer = Peer::spawn(
        Command::new(server)
            .args(["serve", "--listen", "127.0.0.1:0", "--api-key", API_KEY, "--data"])
            .arg(&data.0),
    )?;
    in_one_thread(async move {
        let mut viewers = Viewers::default();
        let stage = Stage::set(peer.address, &key).await?;
        let greeting = |number| Ok(Greeting::WebSocket(viewer_greeting(&key, number)?));
        let kib = fill(&mut viewers, &peer, options.viewers, greeting).await?;
        let rate = options.rate;
        let mover = spawn_local(stage.move_score(rate));
        let sample = sample(&viewers, &peer, options.duration()).await?;
        if mover.is_finished() {
            mover.await??;
        }
        Ok(Measurement::new("server", &sample, kib))
    })
}

fn measure_own(
    name: &'static str,
    subcommand: &str,
    greeting: &Greeting,
    peer_options: &PeerOptions,
    options: &Options,
) -> Result<Measurement> {
    let mut peer = Peer::spawn_self(subcommand, peer_options)?;
    in_one_thread(async move {
        let mut viewers = Viewers::default();
        let kib = fill(&mut viewers, &peer, options.viewers, |_| Ok(greeting.clone())).await?;
        peer.start_sending()?;
        let sample = sample(&viewers, &peer, options.duration()).await?;
        Ok(Measurement::new(name, &sample, kib))
    })
}

/// Runs `work` and drops what it owns, the peer above all, before the viewers, so that the peer
/// does not process their exits.
fn in_one_thread<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, work)
}

/// The path of the server that was built with this program.
fn default_server() -> Result<PathBuf> {
    let server = std::env::current_exe()?.with_file_name("duelcast-server");
    ensure!(server.exists(), "{} is missing: build it, or name another with --server", server.display());
    Ok(server)
}

/// A folder that is removed after the run.
struct DataFolder(PathBuf);

impl DataFolder {
    fn create() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("duelcast-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        // The system cleans its temporary folder up.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Connects all viewers and returns the memory that an idle one costs the peer, in KiB.
async fn fill(
    viewers: &mut Viewers,
    peer: &Peer,
    count: usize,
    greeting: impl Fn(usize) -> Result<Greeting>,
) -> Result<f64> {
    viewers.connect(peer.address, WARM_UP_VIEWERS, &greeting).await?;
    viewers.settle(QUIET).await;
    let before = peer.rss_kib()?;
    let measured = count - WARM_UP_VIEWERS;
    viewers.connect(peer.address, measured, &greeting).await?;
    viewers.settle(QUIET).await;
    Ok((peer.rss_kib()? - before) / measured as f64)
}

async fn sample(viewers: &Viewers, peer: &Peer, duration: Duration) -> Result<Sample> {
    sleep(WARM_UP).await;
    let (start, counts, cpu_time) = (Instant::now(), viewers.counts(), peer.cpu_time()?);
    sleep(duration).await;
    viewers.check()?;
    let now = viewers.counts();
    ensure!(now.frames > counts.frames, "nothing was delivered");
    Ok(Sample {
        messages: now.frames - counts.frames,
        bytes: now.bytes - counts.bytes,
        cpu_time: peer.cpu_time()? - cpu_time,
        elapsed: start.elapsed(),
    })
}
