//! Counting what passed and failed, from the closing lines of each runner.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::Result;

/// Sums over all runners.
#[derive(Default)]
pub struct Tally {
    passed: u32,
    failed: u32,
    failed_steps: Vec<&'static str>,
}

impl Tally {
    /// Runs a command that prints test results, and passes its output on. One that fails without a
    /// failed test (it did not build) is one failure.
    pub fn run(&mut self, what: &'static str, mut command: Command) -> Result<()> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let (mut passed, mut failed) = (0, 0);
        for line in BufReader::new(child.stdout.take().expect("stdout is piped")).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            let (more_passed, more_failed) = counts(&line);
            passed += more_passed;
            failed += more_failed;
        }
        self.passed += passed;
        self.failed += failed;
        if !child.wait()?.success() {
            self.failed += u32::from(failed == 0);
            self.failed_steps.push(what);
        }
        Ok(())
    }

    /// Counts a step that could not run as one failure.
    pub fn give_up(&mut self, what: &'static str, error: &anyhow::Error) {
        eprintln!("error: {error:#}");
        self.failed += 1;
        self.failed_steps.push(what);
    }

    /// Prints which steps failed and, as the very last line, the sums; whether nothing failed.
    pub fn finish(&self) -> bool {
        if !self.failed_steps.is_empty() {
            println!("failed: {}", self.failed_steps.join("; "));
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed_steps.is_empty()
    }
}

/// Passed and failed, as one line of a runner says: libtest (and wasm-bindgen's) `test result: ok.
/// 3 passed; 0 failed; …`, Node's `ℹ pass 3`, `ℹ fail 0`, `ℹ cancelled 0`; schemathesis's `Tested:
/// 3` (operations) and `… 2 unique failures …`.
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
    fn the_closing_lines_of_each_runner_are_counted_and_no_others() {
        let libtest = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; finished in 0.01s";
        for (line, expected) in [
            (libtest, (12, 3)),
            ("ℹ pass 7", (7, 0)),
            ("ℹ fail 2", (0, 2)),
            ("ℹ cancelled 1", (0, 1)),
            ("  Tested: 21", (21, 0)),
            ("  853 generated, 11 found 9 unique failures, 16 skipped", (0, 9)),
            ("  853 generated, 853 passed, 16 skipped", (0, 0)),
            ("test a_pass ... ok", (0, 0)),
            ("ℹ tests 9", (0, 0)),
            ("running 5 tests", (0, 0)),
        ] {
            assert_eq!(counts(line), expected, "{line}");
        }
    }

    #[test]
    fn a_command_that_fails_without_a_failed_test_is_one_failure() {
        let mut tally = Tally::default();
        tally.run("nothing", Command::new("false")).unwrap();
        assert_eq!((tally.passed, tally.failed), (0, 1));
        assert!(!tally.finish());
    }
}
