//! `verify`: recomputes battles from their ledgers.

use std::{io::Write, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use duelcast_log::Verdict;
use duelcast_protocol::BattleId;

/// Faults of one battle that are printed.
const MAX_SHOWN: usize = 20;

#[derive(Args)]
pub(crate) struct Verify {
    /// The server's data folder; the server may be running
    #[arg(long, env = "DUELCAST_DATA", value_name = "FOLDER", default_value = "./data")]
    data: PathBuf,
    /// A battle; all that are over if absent
    #[arg(long, value_name = "ID")]
    battle: Option<BattleId>,
}

/// Prints what was found; an error if something does not agree.
pub(crate) fn verify(arguments: &Verify) -> anyhow::Result<()> {
    let unusable = || format!("The log in {} cannot be read", arguments.data.display());
    let battles = match &arguments.battle {
        Some(battle) => vec![battle.clone()],
        None => duelcast_log::battles(&arguments.data).with_context(unusable)?,
    };
    let mut out = std::io::stdout();
    let mut wrong = 0;
    for battle in &battles {
        let verdict = duelcast_log::verify(&arguments.data, battle).with_context(unusable)?;
        let verdict = verdict.with_context(|| format!("There is nothing of battle {battle}."))?;
        write!(out, "{}", text(&verdict)).context("nobody reads what was found")?;
        wrong += usize::from(!verdict.faults.is_empty());
    }
    if wrong > 0 {
        bail!("{wrong} of {} battles do not agree with their ledgers.", battles.len());
    }
    Ok(())
}

fn text(verdict: &Verdict) -> String {
    let Verdict { battle_id, entries, head, totals, is_over, faults } = verdict;
    let totals: Vec<_> = totals.iter().map(|(live, total)| format!("{live} {total}")).collect();
    let agreement = match (faults.is_empty(), is_over) {
        (true, true) => "the result agrees",
        (true, false) => "not over yet",
        (false, _) => "DOES NOT AGREE",
    };
    let mut text =
        format!("{battle_id}: {agreement}; {entries} entries, totals {}, head {head}\n", totals.join(", "));
    for fault in faults.iter().take(MAX_SHOWN) {
        text += &format!("  {fault}\n");
    }
    if faults.len() > MAX_SHOWN {
        text += &format!("  and {} more\n", faults.len() - MAX_SHOWN);
    }
    text
}
