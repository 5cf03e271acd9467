//! Jobs on their way to the log: those that the engine may not drop wait here while the log has no
//! room.

use std::collections::VecDeque;

use duelcast_log::{Job, Log};

/// Keeps order: nothing overtakes what waits. Short, because the engine takes no commands while
/// something waits.
pub(super) struct Backlog {
    log: Box<dyn Log>,
    waiting: VecDeque<Job>,
}

impl Backlog {
    pub(super) fn new(log: Box<dyn Log>) -> Self {
        Self { log, waiting: VecDeque::new() }
    }

    /// Hands a job over, now or later.
    pub(super) fn push(&mut self, job: Job) {
        if let Err(job) = self.try_push(job) {
            self.waiting.push_back(job);
        }
    }

    /// Hands a job over now.
    pub(super) fn try_push(&mut self, job: Job) -> Result<(), Job> {
        self.flush();
        if self.waiting.is_empty() { self.log.offer(job) } else { Err(job) }
    }

    /// Hands over what waits, as far as the log has room.
    pub(super) fn flush(&mut self) {
        while let Some(job) = self.waiting.pop_front() {
            if let Err(job) = self.log.offer(job) {
                self.waiting.push_front(job);
                return;
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}
