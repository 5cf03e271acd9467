//! Counting what passed and failed, from the closing lines of each runner.

use std::process::Command;

use anyhow::Result;

use crate::{
    process::stream,
    steps::{Steps, Work},
};

/// Sums over all runners.
#[derive(Default)]
pub struct Tally {
    passed: u32,
    failed: u32,
    failed_steps: Vec<String>,
}

impl Tally {
    /// Does a step that is not a test; when it fails, that is one failure.
    pub fn step(&mut self, steps: &mut Steps, what: &str, work: impl FnOnce() -> Result<Work>) -> bool {
        let result = steps.step(what, work);
        if let Err(error) = &result {
            self.give_up(what, error);
        }
        result.is_ok()
    }

    /// Counts a step that could not even begin.
    pub fn give_up(&mut self, what: &str, error: &anyhow::Error) {
        eprintln!("error: {error:#}");
        self.failed += 1;
        self.failed_steps.push(what.to_owned());
    }

    /// Runs a step that prints test results. One that fails without a failed test (it did not
    /// build) is one failure.
    pub fn run(&mut self, steps: &mut Steps, what: &str, command: &mut Command) {
        let started = steps.begin(what);
        let (mut passed, mut failed) = (0, 0);
        let succeeded = stream(command, |line| {
            let (more_passed, more_failed) = counts(line);
            passed += more_passed;
            failed += more_failed;
        });
        let succeeded = succeeded.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            false
        });
        println!(
            "      {} after {:.1} s",
            if succeeded { "done" } else { "FAILED" },
            started.elapsed().as_secs_f32()
        );
        self.passed += passed;
        self.failed += if succeeded { failed } else { failed.max(1) };
        if !succeeded {
            self.failed_steps.push(what.to_owned());
        }
    }

    pub fn is_green(&self) -> bool {
        self.failed == 0
    }

    /// Prints which steps failed and, as the very last line, the sums.
    pub fn print(&self) {
        if !self.failed_steps.is_empty() {
            println!("failed: {}", self.failed_steps.join("; "));
        }
        println!("{} passed, {} failed", self.passed, self.failed);
    }
}

/// Passed and failed, as one line of a runner says: libtest (and wasm-bindgen's)
/// `test result: ok. 3 passed; 0 failed; …`, Node's `ℹ pass 3`, `ℹ fail 0`, `ℹ cancelled 0`;
/// schemathesis's `Tested: 3` (operations) and `… 2 unique failures …`.
fn counts(line: &str) -> (u32, u32) {
    if let Some((_, result)) = line.split_once("test result: ") {
        return (number_before(result, " passed"), number_before(result, " failed"));
    }
    if line.ends_with("unique failures") || line.contains(" unique failures,") {
        return (0, number_before(line, " unique failures"));
    }
    let number = |name: &str| {
        line.trim().strip_prefix(name).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    (number("ℹ pass ") + number("Tested: "), number("ℹ fail ") + number("ℹ cancelled "))
}

fn number_before(text: &str, word: &str) -> u32 {
    let before = text.split_once(word).map_or("", |(before, _)| before);
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_libtest_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(counts(line), (12, 3));
    }

    #[test]
    fn the_closing_lines_of_node_are_counted() {
        assert_eq!(counts("ℹ pass 7"), (7, 0));
        assert_eq!(counts("ℹ fail 2"), (0, 2));
        assert_eq!(counts("ℹ cancelled 1"), (0, 1));
    }

    #[test]
    fn the_closing_lines_of_schemathesis_are_counted() {
        assert_eq!(counts("  Tested: 21"), (21, 0));
        assert_eq!(counts("  853 generated, 11 found 9 unique failures, 16 skipped"), (0, 9));
        assert_eq!(counts("  853 generated, 853 passed, 16 skipped"), (0, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["test a_pass ... ok", "ℹ tests 9", "running 5 tests", ""] {
            assert_eq!(counts(line), (0, 0), "{line}");
        }
    }

    #[test]
    fn a_step_that_cannot_run_is_one_failure() {
        let mut tally = Tally::default();
        tally.run(&mut Steps::new(1), "nothing", &mut Command::new("no-such-program-at-all"));
        assert_eq!((tally.passed, tally.failed), (0, 1));
    }
}
