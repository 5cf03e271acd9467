//! Progress on the terminal: `[2/5] building the client …`.

use std::time::Instant;

use anyhow::Result;

/// Numbers the steps of one command.
pub struct Steps {
    total: usize,
    done: usize,
}

/// What a step did.
pub enum Work {
    Done,
    /// Nothing had changed.
    UpToDate,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { total, done: 0 }
    }

    /// Says what begins, does it, and says how long it took.
    pub fn step(&mut self, what: &str, work: impl FnOnce() -> Result<Work>) -> Result<()> {
        let started = self.begin(what);
        match work()? {
            Work::Done => println!("      done in {:.1} s", started.elapsed().as_secs_f32()),
            Work::UpToDate => println!("      up to date"),
        }
        Ok(())
    }

    /// Says what begins.
    pub fn begin(&mut self, what: &str) -> Instant {
        self.done += 1;
        println!("[{}/{}] {what} …", self.done, self.total);
        Instant::now()
    }
}
