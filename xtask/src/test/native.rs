//! All tests that run without a browser.

use super::tally::Tally;
use crate::{process::cargo, steps::Steps};

pub const STEPS: usize = 1;

pub fn run(steps: &mut Steps, tally: &mut Tally) {
    tally.run(steps, "native tests", cargo().args(["test", "--workspace", "--no-fail-fast"]));
}
