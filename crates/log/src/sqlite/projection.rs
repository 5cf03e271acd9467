//! Writing projections.
//!
//! After a crash, entries since the last snapshot are projected again: every row has a key that
//! comes from its entry, and a row that is there already stays as it is.

use duelcast_protocol::{
    BattleInfo,
    rest::{LedgerEntry, WebhookEvent},
};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{chain, store::Counters};
use crate::Projection;

impl Projection {
    pub(super) fn write(
        &self,
        transaction: &Transaction<'_>,
        counters: &mut Counters,
    ) -> rusqlite::Result<()> {
        for line in &self.ledger {
            write_ledger_line(transaction, line)?;
        }
        for (ordinal, event) in self.events.iter().enumerate() {
            if let WebhookEvent::BattleEnded { battle_info } = event {
                write_battle(transaction, battle_info)?;
            }
            let written = transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO outbox (seq, idx, ordinal, at, fact) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![counters.next_seq, self.index, ordinal, self.at, to_json(event)])?;
            counters.next_seq += written as u64;
        }
        Ok(())
    }
}

fn write_ledger_line(transaction: &Transaction<'_>, line: &LedgerEntry) -> rusqlite::Result<()> {
    let battle = line.battle_id.as_str();
    let Some(previous) = hash_before(transaction, battle, line.number)? else {
        return Ok(());
    };
    let text = to_json(line);
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO ledger (battle_id, number, line, hash) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![battle, line.number, text, chain::link(&previous, &text)])?;
    Ok(())
}

/// `None` if the line before is gone: an old battle that is projected again after its retention.
fn hash_before(transaction: &Transaction<'_>, battle: &str, number: u64) -> rusqlite::Result<Option<String>> {
    if number == 1 {
        return Ok(Some(chain::ROOT.to_owned()));
    }
    transaction
        .prepare_cached("SELECT hash FROM ledger WHERE battle_id = ?1 AND number = ?2")?
        .query_row(params![battle, number - 1], |row| row.get(0))
        .optional()
}

fn write_battle(transaction: &Transaction<'_>, battle: &BattleInfo) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO battles (battle_id, info, head) VALUES (?1, ?2, coalesce(
                (SELECT hash FROM ledger WHERE battle_id = ?1 ORDER BY number DESC LIMIT 1), ''))",
        )?
        .execute(params![battle.battle_id.as_str(), to_json(battle)])?;
    for side in &battle.sides {
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO battle_sides (live_id, started_at, battle_id) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![side.live_id.as_str(), battle.started_at, battle.battle_id.as_str()])?;
    }
    Ok(())
}

pub(super) fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("our own types serialize")
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{BattleId, KeyId, LiveId, PenaltyEndReason, UserId, rest::ScoreOp};

    use super::*;
    use crate::{
        Index,
        sqlite::{Archive, Store},
    };

    fn battle() -> BattleId {
        BattleId::new("battle").unwrap()
    }

    fn projection(index: Index) -> Projection {
        let line = LedgerEntry {
            battle_id: battle(),
            number: index,
            live_id: LiveId::new("red").unwrap(),
            user_id: UserId::new("ann").unwrap(),
            op: ScoreOp::Add,
            value: 1,
            before: 0,
            after: 1,
            occurred_at: 1,
            applied_at: 1,
            key_id: KeyId::new("key").unwrap().to_string(),
            idempotency_key: index.to_string(),
            source: None,
            reverses: None,
        };
        let event =
            WebhookEvent::BattlePenaltyEnded { battle_id: battle(), reason: PenaltyEndReason::TimeUp };
        Projection { index, at: 1, ledger: vec![line], events: vec![event.clone(), event] }
    }

    #[tokio::test]
    async fn projecting_again_after_a_crash_changes_nothing() {
        let data = tempfile::tempdir().unwrap();
        let mut store = Store::open(data.path()).unwrap();
        let mut counters = store.counters().unwrap();
        for index in [1, 2, 1, 2, 3] {
            let transaction = store.transaction().unwrap();
            projection(index).write(&transaction, &mut counters).unwrap();
            transaction.commit().unwrap();
        }
        let archive = Archive::open(data.path()).unwrap();
        let numbers: Vec<_> =
            archive.ledger(battle(), 0, 10).await.unwrap().iter().map(|(line, _)| line.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        let seqs: Vec<_> = archive.outbox(0, 10).await.unwrap().iter().map(|row| row.seq).collect();
        assert_eq!(seqs, [1, 2, 3, 4, 5, 6]);
    }
}
