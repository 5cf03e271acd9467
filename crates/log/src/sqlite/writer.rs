//! The log on one machine: a thread that writes what has gathered in one SQLite transaction (group
//! commit).

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use duelcast_protocol::EntryId;
use duelcast_realm::{Command, Entry};
use rusqlite::{Transaction, params};
use tokio::sync::{mpsc, watch};

use super::{
    LogMetrics, Store, StoreError,
    projection::to_json,
    store::{Counters, forget_battles, keep_next_seq, trim_outbox, write_snapshot},
};
use crate::{Clock, Indexed, Job, Log, Refusal, Report};

/// Jobs that wait for the thread.
const QUEUE_JOBS: usize = 4_096;
/// Jobs in one transaction.
const MAX_BATCH: usize = 1_024;
/// How long rows without a waiting caller may wait for the next commit.
const PROJECTION_DELAY: Duration = Duration::from_millis(20);
/// How long to wait before what could not be written is tried again.
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// The engine's end of the log. Dropping it ends the thread after what was offered is written.
#[derive(Debug)]
pub struct SqliteLog {
    jobs: SyncSender<Job>,
}

impl SqliteLog {
    /// Starts the thread. `newest_event` is told the `seq` of the last webhook event that is
    /// durable.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn start(
        store: Store,
        clock: Arc<dyn Clock>,
        reports: mpsc::Sender<Report>,
        newest_event: watch::Sender<u64>,
        metrics: LogMetrics,
    ) -> Result<(Self, JoinHandle<()>), StoreError> {
        let (jobs, queue) = sync_channel(QUEUE_JOBS);
        let counters = store.counters()?;
        newest_event.send_replace(counters.next_seq - 1);
        let writer = Writer { store, clock, counters, reports, newest_event, metrics };
        let thread = std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || writer.run(&queue))
            .expect("the operating system gives a thread at the start");
        Ok((Self { jobs }, thread))
    }
}

impl Log for SqliteLog {
    fn offer(&self, job: Job) -> Result<(), Job> {
        self.jobs.try_send(job).map_err(|error| match error {
            std::sync::mpsc::TrySendError::Full(job) | std::sync::mpsc::TrySendError::Disconnected(job) => {
                job
            }
        })
    }
}

struct Writer {
    store: Store,
    clock: Arc<dyn Clock>,
    counters: Counters,
    reports: mpsc::Sender<Report>,
    newest_event: watch::Sender<u64>,
    metrics: LogMetrics,
}

/// What one transaction did, told once it is durable.
#[derive(Default)]
struct Written {
    entries: Vec<Indexed>,
    duplicates: Vec<EntryId>,
}

impl Writer {
    fn run(mut self, queue: &Receiver<Job>) {
        let mut batch = Vec::new();
        while gather(queue, &mut batch) {
            self.write_until_done(&mut batch, queue);
        }
    }

    /// Commands that cannot be written are refused; everything else is tried again, together with
    /// what comes.
    fn write_until_done(&mut self, batch: &mut Vec<Job>, queue: &Receiver<Job>) {
        while let Err(error) = self.write(batch) {
            tracing::error!(%error, jobs = batch.len(), "the log cannot be written");
            self.refuse_commands(batch);
            if batch.is_empty() {
                return;
            }
            match queue.recv_timeout(RETRY_DELAY) {
                Ok(job) => batch.push(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn write(&mut self, batch: &mut Vec<Job>) -> rusqlite::Result<()> {
        let mut counters = self.counters;
        let mut written = Written::default();
        let now = self.clock.now();
        let started = Instant::now();
        let keep_since = self.store.keep_battles_since(now);
        let transaction = self.store.transaction()?;
        for job in batch.iter() {
            match job {
                Job::Append { id, command } => {
                    append(&transaction, &mut counters, &mut written, now, id, command)?
                }
                Job::Project(projection) => projection.write(&transaction, &mut counters)?,
                Job::Snapshot(snapshot) => {
                    write_snapshot(&transaction, snapshot)?;
                    forget_battles(&transaction, keep_since)?;
                }
                Job::Trim(trim) => trim_outbox(&transaction, *trim)?,
                Job::Barrier(_) => {}
            }
        }
        if counters.next_seq != self.counters.next_seq {
            keep_next_seq(&transaction, counters.next_seq)?;
        }
        transaction.commit()?;
        self.metrics.commit_seconds.observe(started.elapsed().as_secs_f64());
        self.counters = counters;
        self.report(written);
        batch.drain(..).for_each(release_barrier);
        Ok(())
    }

    fn report(&self, written: Written) {
        self.newest_event.send_if_modified(|seq| std::mem::replace(seq, self.counters.next_seq - 1) != *seq);
        if !written.entries.is_empty() {
            self.send(Report::Committed(written.entries));
        }
        if !written.duplicates.is_empty() {
            self.send(Report::Refused { ids: written.duplicates, reason: Refusal::Duplicate });
        }
    }

    fn refuse_commands(&self, batch: &mut Vec<Job>) {
        let mut ids = Vec::new();
        batch.retain(|job| match job {
            Job::Append { id, .. } => {
                ids.push(id.clone());
                false
            }
            Job::Project(_) | Job::Snapshot(_) | Job::Trim(_) | Job::Barrier(_) => true,
        });
        if !ids.is_empty() {
            self.send(Report::Refused { ids, reason: Refusal::Unavailable });
        }
    }

    fn send(&self, report: Report) {
        if self.reports.blocking_send(report).is_err() {
            tracing::debug!("the engine has ended before the log");
        }
    }
}

/// Waits for work and takes what has gathered. False when nothing will come any more.
fn gather(queue: &Receiver<Job>, batch: &mut Vec<Job>) -> bool {
    let Ok(first) = queue.recv() else { return false };
    batch.push(first);
    loop {
        batch.extend(queue.try_iter().take(MAX_BATCH.saturating_sub(batch.len())));
        let is_awaited = |job: &Job| !matches!(job, Job::Project(_) | Job::Trim(_));
        if batch.len() >= MAX_BATCH || batch.iter().any(is_awaited) {
            return true;
        }
        match queue.recv_timeout(PROJECTION_DELAY) {
            Ok(job) => batch.push(job),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return true,
        }
    }
}

fn append(
    transaction: &Transaction<'_>,
    counters: &mut Counters,
    written: &mut Written,
    now: u64,
    id: &EntryId,
    command: &Command,
) -> rusqlite::Result<()> {
    let at = counters.last_at.max(now);
    let rows = transaction
        .prepare_cached("INSERT OR IGNORE INTO entries (idx, id, at, command) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![counters.next_index, id.as_str(), at, to_json(command)])?;
    if rows == 0 {
        written.duplicates.push(id.clone());
        return Ok(());
    }
    let entry = Entry { id: id.clone(), at, command: command.clone() };
    written.entries.push(Indexed { index: counters.next_index, entry });
    counters.next_index += 1;
    counters.last_at = at;
    Ok(())
}

fn release_barrier(job: Job) {
    if let Job::Barrier(done) = job
        && done.send(()).is_err()
    {
        tracing::debug!("the caller of this barrier is gone");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use duelcast_protocol::NodeId;
    use tempfile::TempDir;
    use tokio::sync::oneshot;

    use super::*;

    /// Gives these times, one after another, and then the last one again and again.
    struct Script {
        times: Vec<u64>,
        next: AtomicU64,
    }

    impl Clock for Script {
        fn now(&self) -> u64 {
            let next = self.next.fetch_add(1, Ordering::Relaxed) as usize;
            self.times[next.min(self.times.len() - 1)]
        }
    }

    struct Bench {
        data: TempDir,
        times: Vec<u64>,
    }

    impl Bench {
        fn new(times: &[u64]) -> Self {
            Self { data: tempfile::tempdir().unwrap(), times: times.to_vec() }
        }

        fn store(&self) -> Store {
            Store::open(self.data.path()).unwrap()
        }

        /// Has a writer do jobs that were all waiting, to the end.
        fn write(&self, store: Store, jobs: Vec<Job>) -> Vec<Report> {
            let (sender, queue) = sync_channel(QUEUE_JOBS);
            let (reporter, mut reports) = mpsc::channel(QUEUE_JOBS);
            let counters = store.counters().unwrap();
            let clock = Arc::new(Script { times: self.times.clone(), next: AtomicU64::new(0) });
            jobs.into_iter().for_each(|job| sender.send(job).unwrap());
            drop(sender);
            let newest_event = watch::Sender::new(0);
            let metrics = LogMetrics::default();
            Writer { store, clock, counters, reports: reporter, newest_event, metrics }.run(&queue);
            std::iter::from_fn(|| reports.try_recv().ok()).collect()
        }
    }

    fn append(id: &str) -> Job {
        let node = NodeId::new("node").unwrap();
        Job::Append { id: EntryId::new(id).unwrap(), command: Box::new(Command::NodeStarted { node }) }
    }

    fn committed(report: &Report) -> Vec<(u64, u64)> {
        match report {
            Report::Committed(entries) => entries.iter().map(|entry| (entry.index, entry.entry.at)).collect(),
            Report::Refused { .. } => Vec::new(),
        }
    }

    fn refused(report: &Report) -> Option<(usize, Refusal)> {
        match report {
            Report::Committed(_) => None,
            Report::Refused { ids, reason } => Some((ids.len(), *reason)),
        }
    }

    #[test]
    fn queued_commands_are_one_transaction() {
        let bench = Bench::new(&[5]);
        let reports =
            bench.write(bench.store(), (0..100).map(|number| append(&number.to_string())).collect());
        assert_eq!(reports.len(), 1);
        assert_eq!(committed(&reports[0]), (1..=100).map(|index| (index, 5)).collect::<Vec<_>>());
    }

    #[test]
    fn time_never_falls_even_across_restarts() {
        let bench = Bench::new(&[7]);
        bench.write(bench.store(), vec![append("a")]);
        let later = Bench { times: vec![3], ..bench };
        let reports = later.write(later.store(), vec![append("b")]);
        assert_eq!(committed(&reports[0]), [(2, 7)]);
        assert_eq!(later.store().entries_after(1).unwrap()[0].entry.at, 7);
    }

    #[test]
    fn a_command_that_is_in_the_log_already_is_recognised() {
        let bench = Bench::new(&[1]);
        let reports = bench.write(bench.store(), vec![append("a"), append("a"), append("b")]);
        assert_eq!(committed(&reports[0]), [(1, 1), (2, 1)]);
        assert_eq!(refused(&reports[1]), Some((1, Refusal::Duplicate)));
        let reports = bench.write(bench.store(), vec![append("b")]);
        assert_eq!(refused(&reports[0]), Some((1, Refusal::Duplicate)));
    }

    #[test]
    fn a_full_disk_refuses_commands_and_keeps_what_is_there() {
        let bench = Bench::new(&[1]);
        bench.write(bench.store(), vec![append("a")]);
        let store = bench.store();
        store.forbid_growth().unwrap();
        let reports = bench.write(store, (0..2_000).map(|number| append(&number.to_string())).collect());
        assert!(reports.iter().any(|report| matches!(refused(report), Some((_, Refusal::Unavailable)))));
        let kept: usize = reports.iter().map(|report| committed(report).len()).sum();
        assert_eq!(bench.store().entries_after(0).unwrap().len(), kept + 1);
    }

    #[test]
    fn a_barrier_is_released_when_what_precedes_it_is_durable() {
        let bench = Bench::new(&[1]);
        let (done, mut is_done) = oneshot::channel();
        bench.write(bench.store(), vec![append("a"), Job::Barrier(done)]);
        assert_eq!(is_done.try_recv(), Ok(()));
        assert_eq!(bench.store().entries_after(0).unwrap().len(), 1);
    }
}
