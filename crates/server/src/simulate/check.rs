//! Whether what the server says adds up with what was sent.

use std::collections::{BTreeMap, BTreeSet};

use duelcast_protocol::{BattleInfo, LiveId, rest::LedgerEntry};
use hyper::StatusCode;

use super::{Report, SimulateError, api::HttpAnswer, plan::Gift};

/// What was answered to one gift.
pub(super) struct Outcome {
    pub key: String,
    pub answers: Vec<Result<HttpAnswer, SimulateError>>,
    pub stolen: Option<Result<HttpAnswer, SimulateError>>,
}

pub(super) fn report(
    gifts: &[Gift],
    outcomes: &[Outcome],
    before: &[LedgerEntry],
    after: &[LedgerEntry],
) -> Report {
    let mut report = Report::default();
    for outcome in outcomes {
        report.requests += outcome.answers.len() as u64 + u64::from(outcome.stolen.is_some());
        report.faults.extend(fault_of_answers(outcome));
    }
    let known: BTreeSet<&str> = before.iter().map(|entry| entry.idempotency_key.as_str()).collect();
    let mut entries: BTreeMap<&str, Vec<&LedgerEntry>> = BTreeMap::new();
    for entry in after {
        entries.entry(&entry.idempotency_key).or_default().push(entry);
    }
    for gift in gifts {
        let found = entries.get(gift.key.as_str()).map_or(&[][..], Vec::as_slice);
        match found {
            [entry] if entry.value == gift.value && entry.live_id == gift.live => {
                if !known.contains(gift.key.as_str()) {
                    report.points += gift.value.unsigned_abs();
                }
            }
            [_] => report.faults.push(format!("{}: the ledger has another value or live.", gift.key)),
            _ => {
                report.faults.push(format!("{}: the ledger has {} entries, not one.", gift.key, found.len()))
            }
        }
    }
    report
}

fn fault_of_answers(outcome: &Outcome) -> Option<String> {
    let key = &outcome.key;
    let mut answers = Vec::new();
    for answer in &outcome.answers {
        match answer {
            Ok(answer) if answer.status.is_success() => answers.push(answer),
            Ok(answer) => return Some(format!("{key}: refused with {}.", answer.status)),
            Err(error) => return Some(format!("{key}: {error}")),
        }
    }
    if answers.windows(2).any(|pair| pair[0] != pair[1]) {
        return Some(format!("{key}: the same update was answered in different ways."));
    }
    match &outcome.stolen {
        None => None,
        Some(Ok(answer)) if answer.status == StatusCode::CONFLICT => None,
        Some(Ok(answer)) => {
            Some(format!("{key}: another update with this key was answered with {}, not 409.", answer.status))
        }
        Some(Err(error)) => Some(format!("{key}: {error}")),
    }
}

/// Whether the ledger leads to these scores, line by line.
pub(super) fn totals(battle: &BattleInfo, ledger: &[LedgerEntry]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut totals: BTreeMap<&LiveId, u64> = BTreeMap::new();
    for entry in ledger {
        let total = totals.entry(&entry.live_id).or_default();
        if entry.before != *total {
            faults.push(format!("Entry {} begins at {}, not at {total}.", entry.number, entry.before));
        }
        *total = entry.after;
    }
    for side in &battle.sides {
        let total = totals.get(&side.live_id).copied().unwrap_or(0);
        if side.score != total {
            faults.push(format!(
                "{} has {} points, but its ledger leads to {total}.",
                side.live_id, side.score
            ));
        }
    }
    faults
}
