//! Whether a battle's ledger is whole, and whether it leads to the result that was announced.
//!
//! Counts for itself: nothing of the realm's arithmetic is used but the rule of who won.

use std::{collections::BTreeMap, path::Path};

use duelcast_protocol::{
    BattleId, BattleInfo, BattleResult, BattleSide, LiveId, SideContributors, limits,
    rest::{LedgerEntry, ScoreOp},
};
use duelcast_realm::RuleVersions;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::{archive::contributions, chain, store::FILE, store::StoreError};

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("entry {0} is missing")]
    Missing(u64),
    #[error("entry {0} is not what was written: its hash does not fit")]
    Changed(u64),
    #[error("entry {0} cannot be read")]
    Unreadable(u64),
    #[error("entry {number} starts from {said}, but the entries before it lead to {counted}")]
    Before { number: u64, said: u64, counted: u64 },
    #[error("entry {number} leads to {said}, but it should lead to {counted}")]
    After { number: u64, said: u64, counted: u64 },
    #[error("entry {0} reverses what is not there, or differs, or was reversed before")]
    Reversal(u64),
    #[error("entries at the end are missing: the last hash is not the one that was kept with the result")]
    Head,
    #[error("the result gives {live} {said} points, but the entries lead to {counted}")]
    Total { live: LiveId, said: u64, counted: u64 },
    #[error("the result is not the one that the entries lead to")]
    Result,
}

/// What was found about one battle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub battle_id: BattleId,
    /// Entries of the ledger.
    pub entries: u64,
    /// Hash of the last entry; empty without entries.
    pub head: String,
    /// What the entries lead to.
    pub totals: BTreeMap<LiveId, u64>,
    /// Without a result there is none to compare with.
    pub is_over: bool,
    pub faults: Vec<Fault>,
}

/// Recomputes a battle from the ledger in a data folder. `None` if there is nothing of this battle.
///
/// # Errors
/// If the database cannot be read.
pub fn verify(data: &Path, battle: &BattleId) -> Result<Option<Verdict>, StoreError> {
    let connection = Connection::open_with_flags(data.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut audit = Audit::default();
    let mut query =
        connection.prepare("SELECT number, line, hash FROM ledger WHERE battle_id = ?1 ORDER BY number")?;
    let mut rows = query.query([battle.as_str()])?;
    while let Some(row) = rows.next()? {
        let (number, line, hash): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        audit.line(battle, number, &line, hash);
    }
    let kept: Option<(String, String)> = connection
        .query_row("SELECT info, head FROM battles WHERE battle_id = ?1", [battle.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    if kept.is_none() && audit.entries == 0 {
        return Ok(None);
    }
    let is_over = kept.is_some();
    if let Some((info, head)) = kept {
        audit.result(&info, &head);
    }
    let Audit { entries, head, totals, adds: _, lines: _, faults } = audit;
    Ok(Some(Verdict { battle_id: battle.clone(), entries, head, totals, is_over, faults }))
}

/// Ids of the battles that are over, oldest first.
///
/// # Errors
/// If the database cannot be read.
pub fn battles(data: &Path) -> Result<Vec<BattleId>, StoreError> {
    let connection = Connection::open_with_flags(data.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query =
        connection.prepare("SELECT battle_id FROM battles ORDER BY info ->> '$.startedAt', battle_id")?;
    let ids = query.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(ids.iter().filter_map(|id| BattleId::new(id).ok()).collect())
}

#[derive(Default)]
struct Audit {
    entries: u64,
    head: String,
    totals: BTreeMap<LiveId, u64>,
    /// Adds that can be reversed, by number.
    adds: BTreeMap<u64, (LiveId, i64)>,
    lines: Vec<LedgerEntry>,
    faults: Vec<Fault>,
}

impl Audit {
    fn line(&mut self, battle: &BattleId, number: u64, line: &str, hash: String) {
        if number != self.entries + 1 {
            self.faults.push(Fault::Missing(self.entries + 1));
        }
        if hash != chain::link(&self.head, line) {
            self.faults.push(Fault::Changed(number));
        }
        self.entries = number;
        self.head = hash;
        match serde_json::from_str::<LedgerEntry>(line) {
            Ok(entry) if entry.number == number && entry.battle_id == *battle => self.entry(entry),
            Ok(_) | Err(_) => self.faults.push(Fault::Unreadable(number)),
        }
    }

    fn entry(&mut self, entry: LedgerEntry) {
        self.lines.push(entry.clone());
        let LedgerEntry { number, live_id, op, value, before, after, reverses, .. } = entry;
        let total = self.totals.entry(live_id.clone()).or_default();
        if before != *total {
            self.faults.push(Fault::Before { number, said: before, counted: *total });
        }
        let counted = match op {
            ScoreOp::Set => value.unsigned_abs(),
            ScoreOp::Add => total.saturating_add_signed(value),
        };
        if after != counted {
            self.faults.push(Fault::After { number, said: after, counted });
        }
        *total = counted;
        match reverses {
            Some(reversed) => {
                let is_opposite = self
                    .adds
                    .remove(&reversed)
                    .is_some_and(|(live, added)| live == live_id && added == -value);
                if !is_opposite {
                    self.faults.push(Fault::Reversal(number));
                }
            }
            None if op == ScoreOp::Add => {
                self.adds.insert(number, (live_id, value));
            }
            None => {}
        }
    }

    fn result(&mut self, info: &str, head: &str) {
        if head != self.head {
            self.faults.push(Fault::Head);
        }
        let Ok(info) = serde_json::from_str::<BattleInfo>(info) else {
            return self.faults.push(Fault::Result);
        };
        let mut sides = info.sides;
        for side in &mut sides {
            let counted = self.totals.get(&side.live_id).copied().unwrap_or_default();
            if side.score != counted {
                let live = side.live_id.clone();
                self.faults.push(Fault::Total { live, said: side.score, counted });
            }
            side.score = counted;
        }
        let mut contributions = contributions(&self.lines);
        let of_side = |side: &BattleSide| SideContributors {
            live_id: side.live_id.clone(),
            contributors: contributions
                .remove(&side.live_id)
                .unwrap_or_default()
                .top(limits::MAX_RESULT_CONTRIBUTORS),
        };
        let contributors: Vec<_> =
            sides.iter().map(of_side).filter(|side| !side.contributors.is_empty()).collect();
        let mut rule_versions = RuleVersions::default();
        self.lines.iter().for_each(|line| rule_versions.note(line.source.as_ref()));
        let is_agreed = info.result.is_some_and(|result| {
            let counted = duelcast_realm::battle_result(&sides, result.reason);
            BattleResult { contributors, rule_versions: rule_versions.to_vec(), ..counted } == result
        });
        if !is_agreed {
            self.faults.push(Fault::Result);
        }
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{UserId, rest::ScoreSource};
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::{Projection, sqlite::Store};

    fn battle() -> BattleId {
        BattleId::new("battle").unwrap()
    }

    /// Entries that add up, as the realm would make them of these changes.
    fn entries(changes: &[(bool, i64, String)]) -> Vec<LedgerEntry> {
        let mut totals = [0_u64; 2];
        let entry = |(number, (is_red, value, giver)): (u64, &(bool, i64, String))| {
            let total = &mut totals[usize::from(*is_red)];
            let before = *total;
            *total = total.saturating_add_signed(*value);
            let name = if *is_red { "red" } else { "blue" };
            LedgerEntry {
                battle_id: battle(),
                number,
                live_id: LiveId::new(name).unwrap(),
                user_id: UserId::new(name).unwrap(),
                op: ScoreOp::Add,
                value: *value,
                before,
                after: *total,
                occurred_at: number,
                applied_at: number,
                key_id: "key".to_owned(),
                idempotency_key: number.to_string(),
                source: Some(ScoreSource { giver_name: giver.clone(), ..ScoreSource::default() }),
                reverses: None,
            }
        };
        (1..).zip(changes).map(entry).collect()
    }

    fn keep(data: &Path, ledger: Vec<LedgerEntry>) {
        let mut store = Store::open(data).unwrap();
        let mut counters = store.counters().unwrap();
        let transaction = store.transaction().unwrap();
        let projection = Projection { index: 1, at: 1, ledger, events: Vec::new() };
        projection.write(&transaction, &mut counters).unwrap();
        transaction.commit().unwrap();
    }

    /// The chain, said once more in the plainest way.
    fn head_of(lines: &[String]) -> String {
        lines.iter().fold(String::new(), |head, line| {
            let digest = Sha256::digest(format!("{head}\n{line}"));
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        })
    }

    fn lines(data: &Path) -> Vec<String> {
        let database = Connection::open(data.join(FILE)).unwrap();
        let mut query = database.prepare("SELECT line FROM ledger ORDER BY number").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_ledger_is_one_chain_and_any_letter_that_changes_breaks_it(
            changes in prop::collection::vec((any::<bool>(), -50..200_i64, ".{0,8}"), 1..12),
            (which, letter, new) in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<char>()),
        ) {
            let data = tempfile::tempdir().unwrap();
            let ledger = entries(&changes);
            keep(data.path(), ledger.clone());
            let kept = lines(data.path());
            let verdict = verify(data.path(), &battle()).unwrap().unwrap();
            prop_assert_eq!(verdict.faults, vec![]);
            prop_assert_eq!(verdict.head, head_of(&kept));
            for entry in &ledger {
                let last = ledger.iter().rfind(|other| other.live_id == entry.live_id).unwrap();
                prop_assert_eq!(verdict.totals[&entry.live_id], last.after);
            }

            let number = which.index(kept.len());
            let mut letters: Vec<char> = kept[number].chars().collect();
            let place = letter.index(letters.len());
            prop_assume!(letters[place] != new && new != '\0');
            letters[place] = new;
            let changed: String = letters.into_iter().collect();
            let database = Connection::open(data.path().join(FILE)).unwrap();
            let sql = "UPDATE ledger SET line = ?1 WHERE number = ?2";
            database.execute(sql, rusqlite::params![changed, number as u64 + 1]).unwrap();
            let faults = verify(data.path(), &battle()).unwrap().unwrap().faults;
            prop_assert!(faults.contains(&Fault::Changed(number as u64 + 1)), "{:?}", faults);
        }
    }
}
