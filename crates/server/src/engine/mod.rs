//! The one thread that owns the realm, the rooms and the sessions.
//!
//! It applies what the log has committed, answers what needs no log, and writes events straight to the sockets. Because
//! one thread does all of it, a snapshot and the events after it neither overlap nor leave a gap. It waits for nothing but
//! its two queues.

mod backlog;
mod commands;
mod fanout;
mod gauges;
mod handle;
mod keeping;
mod metrics;
mod presence;
mod queries;
mod recovery;
mod replay;
mod rooms;
mod sessions;
mod shutdown;
#[cfg(test)]
mod stage;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use duelcast_protocol::{DurationMs, EntryId, NodeId, RequestId, Timestamp};
use duelcast_realm::{Command, Realm, RealmConfig};
use tokio::sync::{mpsc, oneshot};

pub(crate) use gauges::Gauges;
pub(crate) use handle::EngineHandle;
use handle::{Input, ServiceAnswer};
pub(crate) use metrics::EngineMetrics;
pub(crate) use recovery::{Recovered, recover};

use self::{
    backlog::Backlog, commands::Waiting, fanout::Behind, keeping::Keeping, rooms::Rooms, sessions::Sessions,
};
use crate::{
    clock::Clock,
    log::{Index, Log, Report},
    socket::SocketId,
};

/// Inputs that wait for the engine; whoever sends more waits.
const INPUT_QUEUE: usize = 4_096;
/// Reports of the log that wait for the engine; each holds one transaction.
const REPORT_QUEUE: usize = 16;
/// When to look again for room in the log.
const BACKLOG_RETRY: Duration = Duration::from_millis(5);
/// When to try again what the log refused.
const REFUSED_RETRY: Duration = Duration::from_secs(1);
/// With nothing to do, how long to sleep.
const IDLE: Duration = Duration::from_secs(3_600);

/// What the engine is made of.
pub(crate) struct Parts {
    pub recovered: Recovered,
    pub log: Box<dyn Log>,
    pub clock: Arc<dyn Clock>,
    pub epoch: String,
    pub node: NodeId,
    pub config: RealmConfig,
    pub metrics: EngineMetrics,
}

pub(crate) struct Engine {
    realm: Realm,
    grace_ms: DurationMs,
    applied: Index,
    snapshot_at: Index,
    keeping: Keeping,
    rooms: Rooms,
    sessions: Sessions,
    waiting: BTreeMap<EntryId, Waiting>,
    backlog: Backlog,
    /// Commands of our own that the log refused.
    refused: Vec<Command>,
    retry_at: Option<Instant>,
    is_tick_waiting: bool,
    behind: Behind,
    metrics: EngineMetrics,
    clock: Arc<dyn Clock>,
    epoch: String,
    node: NodeId,
    is_stopping: bool,
}

/// Makes the channel on which the log reports.
pub(crate) fn report_channel() -> (mpsc::Sender<Report>, mpsc::Receiver<Report>) {
    mpsc::channel(REPORT_QUEUE)
}

/// Starts the engine's thread.
pub(crate) fn start(
    parts: Parts,
    reports: mpsc::Receiver<Report>,
) -> (EngineHandle, std::thread::JoinHandle<()>) {
    let (sender, inputs) = mpsc::channel(INPUT_QUEUE);
    let engine = Engine::new(parts);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime with timers only needs no resources");
    let thread = std::thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || runtime.block_on(engine.run(inputs, reports)))
        .expect("the operating system gives a thread at the start");
    (EngineHandle::new(sender), thread)
}

impl Engine {
    fn new(parts: Parts) -> Self {
        let Recovered { realm, rooms, applied, snapshot_at, projections, is_snapshot_due } = parts.recovered;
        let mut engine = Self {
            realm,
            grace_ms: parts.config.grace_ms,
            applied,
            snapshot_at,
            keeping: Keeping::default(),
            rooms,
            sessions: Sessions::default(),
            waiting: BTreeMap::new(),
            backlog: Backlog::new(parts.log),
            refused: Vec::new(),
            retry_at: None,
            is_tick_waiting: false,
            behind: Behind::new(parts.metrics.overflows.clone()),
            metrics: parts.metrics,
            clock: parts.clock,
            epoch: parts.epoch,
            node: parts.node,
            is_stopping: false,
        };
        for projection in projections {
            engine.backlog.push(crate::log::Job::Project(Box::new(projection)));
        }
        if is_snapshot_due {
            engine.keep_state();
        }
        let node = engine.node.clone();
        engine.append_own(Command::NodeStarted { node });
        engine
    }

    async fn run(mut self, mut inputs: mpsc::Receiver<Input>, mut reports: mpsc::Receiver<Report>) {
        loop {
            let wake = tokio::time::Instant::from_std(self.next_wake());
            tokio::select! {
                biased;
                report = reports.recv() => match report {
                    Some(report) => self.on_report(report),
                    None => return,
                },
                input = inputs.recv() => match input {
                    Some(Input::Shutdown(done)) => return self.shut_down(&mut reports, done).await,
                    Some(input) => self.on_input(input),
                    None => return,
                },
                Some(kept) = self.keeping.done() => self.keep(kept),
                () = tokio::time::sleep_until(wake) => {}
            }
            self.on_time();
        }
    }

    fn on_input(&mut self, input: Input) {
        match input {
            Input::Login { socket, id, claims } => self.login(&socket, id, &claims),
            Input::Query { socket, id, query } => self.answer_query(&socket, id, query),
            Input::Action { socket, id, action } => self.submit_action(&socket, id, action),
            Input::Closed(socket) => self.on_closed(socket),
            Input::Service { key_id, action, answer } => self.submit_service(key_id, action, answer),
            Input::Read(read) => read(self),
            Input::Barrier(done) => self.backlog.push(crate::log::Job::Barrier(done)),
            Input::Delivered { endpoint, seq } => {
                self.backlog.push(crate::log::Job::Delivered { endpoint, seq });
            }
            Input::Shutdown(_) => {}
        }
    }

    /// Whatever is due by now.
    fn on_time(&mut self) {
        let now = Instant::now();
        self.backlog.flush();
        if self.retry_at.is_some_and(|at| at <= now) {
            self.retry_refused();
        }
        self.tick_if_due();
        self.flush_volatile(now);
        self.resync_those_behind();
    }

    fn tick_if_due(&mut self) {
        let is_paused = self.is_tick_waiting || self.retry_at.is_some();
        let Some(deadline) = self.realm.next_deadline().filter(|_| !is_paused) else {
            return;
        };
        if deadline.at <= self.clock.now() {
            tracing::debug!(reason = deadline.reason, "a deadline has passed");
            self.is_tick_waiting = true;
            self.append_own(Command::Tick);
        }
    }

    fn next_wake(&self) -> Instant {
        let now = Instant::now();
        let deadline = self.realm.next_deadline().filter(|_| !self.is_tick_waiting).map(|deadline| {
            now + Duration::from_millis(deadline.at.saturating_sub(self.clock.now())).min(IDLE)
        });
        let deadline = if self.retry_at.is_some() { None } else { deadline };
        let backlog = (!self.backlog.is_empty()).then(|| now + BACKLOG_RETRY);
        let candidates = [deadline, backlog, self.retry_at, self.rooms.next_due()];
        candidates.into_iter().flatten().min().unwrap_or(now + IDLE)
    }

    /// Server time, which never falls.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now().max(self.realm.now())
    }
}

/// A request's socket and id, for its answer.
#[derive(Debug, Clone)]
struct Caller {
    socket: SocketId,
    id: RequestId,
}

type Done = oneshot::Sender<()>;
