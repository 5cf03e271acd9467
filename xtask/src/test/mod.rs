//! `cargo xtask test`: every test there is. A failed step does not keep the later ones from running.

pub mod browser;
mod contract;
pub mod e2e;
mod last_run;
mod lint;
mod native;
mod npm;
mod tally;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{client, prerequisites, steps::Steps};
use last_run::LastRun;
use tally::Tally;

/// Which tests to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    All,
    /// All, also when nothing changed since they passed.
    Again,
    Lint,
    Native,
    Contract,
    Wasm,
    E2e,
    Npm,
}

impl Selection {
    pub fn parse(args: &[String]) -> Result<Self> {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        Ok(match args.as_slice() {
            [] => Self::All,
            ["--again"] => Self::Again,
            ["--only", "lint"] => Self::Lint,
            ["--only", "native"] => Self::Native,
            ["--only", "contract"] => Self::Contract,
            ["--only", "wasm"] => Self::Wasm,
            ["--only", "e2e"] => Self::E2e,
            ["--only", "npm"] => Self::Npm,
            _ => bail!(
                "`cargo xtask test` takes nothing, --again, or --only lint, native, contract, wasm, e2e or npm"
            ),
        })
    }

    fn has(self, part: Self) -> bool {
        self.is_all() || self == part
    }

    fn is_all(self) -> bool {
        matches!(self, Self::All | Self::Again)
    }

    fn has_browser(self) -> bool {
        [Self::Wasm, Self::E2e, Self::Npm].iter().any(|part| self.has(*part))
    }
}

/// Runs what is selected and prints the sum; success only when nothing failed. All of it is run once for the same files.
pub fn run(selection: Selection) -> Result<ExitCode> {
    let last_run = LastRun::of_files_now().filter(|_| selection.is_all());
    if let Some(passed) = last_run.as_ref().filter(|_| selection == Selection::All).and_then(LastRun::passed)
    {
        println!(
            "Nothing has changed since all tests passed; `cargo xtask test --again` runs them all the same."
        );
        println!("{passed} passed, 0 failed");
        return Ok(ExitCode::SUCCESS);
    }
    let tally = run_steps(selection)?;
    if let Some(last_run) = last_run.filter(|_| tally.is_green()) {
        last_run.keep(tally.passed())?;
    }
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
    if selection.has(Selection::Contract) {
        prerequisites::python()?;
    }
    let mut tally = Tally::default();
    tally.step(&mut steps, "building the client", client::build);
    if selection.has(Selection::Lint) {
        lint::run(&mut steps, &mut tally);
    }
    if selection.has(Selection::Native) {
        native::run(&mut steps, &mut tally);
    }
    if selection.has(Selection::Contract) {
        contract::run(selection, &mut steps, &mut tally);
    }
    if selection.has(Selection::Wasm) {
        wasm::run(&mut steps, &mut tally);
    }
    if selection.has(Selection::E2e) {
        e2e::run(selection, &mut steps, &mut tally);
    }
    if selection.has(Selection::Npm) {
        npm::run(selection, &mut steps, &mut tally);
    }
    Ok(tally)
}

fn count_steps(selection: Selection) -> usize {
    let parts = [
        (true, 3),
        (selection.has_browser(), 1),
        (selection.has(Selection::Lint), lint::STEPS),
        (selection.has(Selection::Native), native::STEPS),
        (selection.has(Selection::Contract), contract::STEPS),
        (selection.has(Selection::Wasm), wasm::STEPS),
        (selection.has(Selection::E2e), e2e::STEPS),
        (selection.has(Selection::Npm), npm::STEPS),
    ];
    parts.iter().filter(|(is_on, _)| *is_on).map(|(_, steps)| steps).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_has_its_own_part_and_all_has_every_part() {
        let only = Selection::parse(&["--only".to_owned(), "wasm".to_owned()]).unwrap();
        assert!(only.has(Selection::Wasm) && !only.has(Selection::E2e) && only.has_browser());
        assert!(Selection::All.has(Selection::Lint) && Selection::Again.has(Selection::Lint));
        assert!(Selection::parse(&["--only".to_owned()]).is_err());
    }
}
