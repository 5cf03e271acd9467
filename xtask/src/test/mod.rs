//! `cargo xtask test`: every test there is. A failed step does not keep the later ones from
//! running.

pub mod browser;
mod contract;
pub mod e2e;
mod lint;
mod native;
mod npm;
mod tally;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use crate::{client, prerequisites, steps::Steps};
use tally::Tally;

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Lint,
    Native,
    Contract,
    Wasm,
    E2e,
    Npm,
}

/// Which tests to run: one part, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection(Option<Part>);

impl Selection {
    fn has(self, part: Part) -> bool {
        self.0.is_none_or(|only| only == part)
    }

    fn is_all(self) -> bool {
        self.0.is_none()
    }

    fn has_browser(self) -> bool {
        [Part::Wasm, Part::E2e, Part::Npm].iter().any(|part| self.has(*part))
    }
}

/// Runs one part or all and prints the sum; success only when nothing failed.
pub fn run(only: Option<Part>) -> Result<ExitCode> {
    let tally = run_steps(Selection(only))?;
    tally.print();
    Ok(if tally.is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run_steps(selection: Selection) -> Result<Tally> {
    let mut steps = Steps::new(count_steps(selection));
    steps.step("checking what must be installed", prerequisites::check)?;
    steps.step("looking for the build tools", client::install_tools)?;
    if selection.has_browser() {
        steps.step("looking for Chromium and its driver", browser::ensure)?;
    }
    if selection.has(Part::Contract) {
        prerequisites::python()?;
    }
    let mut tally = Tally::default();
    tally.step(&mut steps, "building the client", client::build);
    if selection.has(Part::Lint) {
        lint::run(&mut steps, &mut tally);
    }
    if selection.has(Part::Native) {
        native::run(&mut steps, &mut tally);
    }
    if selection.has(Part::Contract) {
        contract::run(selection, &mut steps, &mut tally);
    }
    if selection.has(Part::Wasm) {
        wasm::run(&mut steps, &mut tally);
    }
    if selection.has(Part::E2e) {
        e2e::run(selection, &mut steps, &mut tally);
    }
    if selection.has(Part::Npm) {
        npm::run(selection, &mut steps, &mut tally);
    }
    Ok(tally)
}

fn count_steps(selection: Selection) -> usize {
    let parts = [
        (true, 3),
        (selection.has_browser(), 1),
        (selection.has(Part::Lint), lint::STEPS),
        (selection.has(Part::Native), native::STEPS),
        (selection.has(Part::Contract), contract::STEPS),
        (selection.has(Part::Wasm), wasm::STEPS),
        (selection.has(Part::E2e), e2e::STEPS),
        (selection.has(Part::Npm), npm::STEPS),
    ];
    parts.iter().filter(|(is_on, _)| *is_on).map(|(_, steps)| steps).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_runs_alone_and_no_choice_runs_all() {
        let only = Selection(Some(Part::Wasm));
        assert!(only.has(Part::Wasm) && !only.has(Part::Lint) && only.has_browser());
        assert!(Selection(None).has(Part::Lint) && Selection(None).is_all());
    }
}
