//! Progress on the terminal: `[2/5] building the client …`.

use std::time::Instant;

use anyhow::Result;

/// A step's name and its work.
pub type Step = (&'static str, fn() -> Result<()>);

/// Does the steps one after the other; stops at the first that fails.
pub fn run(steps: &[Step]) -> Result<()> {
    for (at, (what, work)) in steps.iter().enumerate() {
        let started = begin(at, steps.len(), what);
        work()?;
        end(started);
    }
    Ok(())
}

/// Prints what begins, counted from 0.
pub fn begin(at: usize, total: usize, what: &str) -> Instant {
    println!("[{}/{total}] {what} …", at + 1);
    Instant::now()
}

/// Prints how long a step took.
pub fn end(started: Instant) {
    println!("      done in {:.1} s", started.elapsed().as_secs_f32());
}
