//! The thread that the engine runs on, and what it needs of the outside: a clock, queues, sockets,
//! the log.
//!
//! The thread waits for nothing but its two queues.

mod handle;
mod metrics;
mod recovery;
mod shutdown;
mod snapshots;
mod socket;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use duelcast_engine::{Input, OverflowCounts, Parts, Recovered};
use duelcast_log::{Clock, Log, Report};
use duelcast_protocol::NodeId;
use duelcast_secrets::random;
use tokio::{
    sync::{mpsc, oneshot},
    time::sleep,
};

pub(crate) use duelcast_engine::Gauges;

pub(crate) use handle::EngineHandle;
pub(crate) use metrics::EngineMetrics;
pub(crate) use recovery::recover;

use self::{handle::Request, snapshots::Snapshots, socket::EngineSocket};

/// Requests that wait for the engine; a caller with one more waits.
const REQUEST_QUEUE: usize = 4_096;
/// Reports of the log that wait for the engine; each holds one transaction.
const REPORT_QUEUE: usize = 16;
/// With nothing to do, how long to sleep.
const IDLE: Duration = Duration::from_secs(3_600);

/// The engine, with sockets of the socket layer.
pub(crate) type Engine = duelcast_engine::Engine<EngineSocket>;

type Done = oneshot::Sender<()>;

/// What the engine's thread is made of.
pub(crate) struct EngineParts {
    pub recovered: Recovered<EngineSocket>,
    pub log: Box<dyn Log>,
    pub clock: Arc<dyn Clock>,
    pub epoch: String,
    pub node: NodeId,
    pub metrics: EngineMetrics,
}

/// Makes the channel on which the log reports.
pub(crate) fn report_channel() -> (mpsc::Sender<Report>, mpsc::Receiver<Report>) {
    mpsc::channel(REPORT_QUEUE)
}

/// Starts the engine's thread.
pub(crate) fn start(
    parts: EngineParts,
    reports: mpsc::Receiver<Report>,
) -> (EngineHandle, std::thread::JoinHandle<()>) {
    let (sender, requests) = mpsc::channel(REQUEST_QUEUE);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime with timers only needs no resources");
    let driver = Driver::new(parts, reports);
    let thread = std::thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || runtime.block_on(driver.run(requests)))
        .expect("the operating system gives a thread at the start");
    (EngineHandle::new(sender), thread)
}

/// Gives the engine its inputs, one after another.
struct Driver {
    engine: Engine,
    clock: Arc<dyn Clock>,
    reports: mpsc::Receiver<Report>,
    snapshots: Snapshots,
    metrics: EngineMetrics,
    /// As the metrics have them.
    overflow_counts: OverflowCounts,
}

impl Driver {
    fn new(parts: EngineParts, reports: mpsc::Receiver<Report>) -> Self {
        let EngineParts { recovered, log, clock, epoch, node, metrics } = parts;
        let (new_id, now) = (Box::new(random::id), clock.now());
        let engine = Engine::new(Parts { recovered, log, new_id, epoch, node, now });
        let (snapshots, overflow_counts) = (Snapshots::default(), OverflowCounts::default());
        Self { engine, clock, reports, snapshots, metrics, overflow_counts }
    }

    async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        loop {
            let pause = self.pause();
            tokio::select! {
                biased;
                report = self.reports.recv() => match report {
                    Some(report) => self.handle_report(report),
                    None => return,
                },
                request = requests.recv() => match request {
                    Some(Request::Input(input)) => self.handle(input),
                    Some(Request::Read(read)) => {
                        self.engine.advance(self.clock.now());
                        read(&self.engine);
                    }
                    Some(Request::Shutdown(done)) => return self.shut_down(done).await,
                    None => return,
                },
                snapshot = self.snapshots.next() => match snapshot {
                    Some(snapshot) => {
                        self.metrics.snapshot_bytes.set(snapshot.state.len() as u64);
                        self.engine.store_snapshot(snapshot);
                    }
                    None => self.engine.abandon_snapshot(),
                },
                () = sleep(pause) => {
                    self.engine.advance(self.clock.now());
                    self.count_overflows();
                }
            }
        }
    }

    fn handle_report(&mut self, report: Report) {
        let started = Instant::now();
        self.handle(Input::Report(report));
        self.metrics.apply_seconds.observe(started.elapsed().as_secs_f64());
    }

    fn handle(&mut self, input: Input<EngineSocket>) {
        self.engine.handle(self.clock.now(), input);
        self.count_overflows();
        if let Some(snapshot) = self.engine.take_due_snapshot() {
            self.snapshots.encode(snapshot);
        }
    }

    fn count_overflows(&mut self) {
        let before = std::mem::replace(&mut self.overflow_counts, self.engine.overflow_counts());
        self.metrics.overflows.inc_by(self.overflow_counts.overflows - before.overflows);
        self.metrics.resyncs.inc_by(self.overflow_counts.resyncs - before.resyncs);
    }

    /// Until the engine has something to do, if nothing else happens.
    fn pause(&self) -> Duration {
        let wake = self.engine.next_wake();
        wake.map_or(IDLE, |at| Duration::from_millis(at.saturating_sub(self.clock.now())).min(IDLE))
    }
}
