//! One sender, many viewers: processor time per delivered message and memory per idle socket.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use clap::Args;
use tokio::{runtime::Builder, task::LocalSet, time::sleep};

use crate::{
    process::{Peer, PeerOptions},
    report::{Measurement, Report, Sample},
    viewers::{Greeting, Viewers},
};

/// Sockets that are there before memory is first looked at, so that one-time costs are not counted.
const WARM_UP_VIEWERS: usize = 100;
const WARM_UP: Duration = Duration::from_secs(1);
const QUIET: Duration = Duration::from_millis(500);
/// About what a score of two sides takes.
const PAYLOAD_BYTES: usize = 250;

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
    /// JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub fn run(options: &Options) -> Result<()> {
    ensure!(
        options.viewers > WARM_UP_VIEWERS,
        "it takes more than {WARM_UP_VIEWERS} viewers to measure anything"
    );
    ensure!(options.rate > 0, "it takes updates to measure anything");
    let report = Report {
        viewers: options.viewers,
        rate: options.rate,
        seconds: options.seconds,
        peers: vec![
            measure_own(
                "socket layer",
                "socket-host",
                Greeting::WebSocket(vec!["hello".to_owned()]),
                options,
            )?,
            measure_own("bare loop", "bare-loop", Greeting::Plain, options)?,
        ],
    };
    if options.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        report.print_table();
    }
    Ok(())
}

fn measure_own(
    name: &'static str,
    subcommand: &str,
    greeting: Greeting,
    options: &Options,
) -> Result<Measurement> {
    let mut peer = Peer::spawn_self(
        subcommand,
        &PeerOptions {
            rate: options.rate,
            payload_bytes: PAYLOAD_BYTES,
        },
    )?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let mut viewers = Viewers::default();
        let kib = fill(&mut viewers, &peer, options.viewers, |_| greeting.clone()).await?;
        peer.start_sending()?;
        let sample = sample(&viewers, &peer, Duration::from_secs(options.seconds)).await?;
        Ok(Measurement::new(name, &sample, kib))
    })
}

/// Connects all viewers; KiB that each of them costs the peer while nothing happens.
async fn fill(
    viewers: &mut Viewers,
    peer: &Peer,
    count: usize,
    greeting: impl Fn(usize) -> Greeting,
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
