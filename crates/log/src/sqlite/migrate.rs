//! From older formats of the database to this one.

use rusqlite::{Connection, Transaction, params};

use super::chain;

/// Format 1 had no hashes and no index of battles by live.
pub(super) fn from_1(connection: &mut Connection, format: &str) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(
        "ALTER TABLE ledger ADD COLUMN hash TEXT NOT NULL DEFAULT '';
         ALTER TABLE battles ADD COLUMN head TEXT NOT NULL DEFAULT '';
         INSERT OR IGNORE INTO battle_sides
             SELECT side.value ->> '$.liveId', info ->> '$.startedAt', battle_id
             FROM battles, json_each(info, '$.sides') AS side;",
    )?;
    chain_lines(&transaction)?;
    transaction.execute_batch(
        "UPDATE battles SET head = coalesce((SELECT hash FROM ledger
             WHERE ledger.battle_id = battles.battle_id ORDER BY number DESC LIMIT 1), '')",
    )?;
    transaction.execute("UPDATE meta SET value = ?1 WHERE name = 'format'", [format])?;
    transaction.commit()
}

fn chain_lines(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut lines =
        transaction.prepare("SELECT battle_id, number, line FROM ledger ORDER BY battle_id, number")?;
    let mut keep = transaction.prepare("UPDATE ledger SET hash = ?3 WHERE battle_id = ?1 AND number = ?2")?;
    let (mut battle, mut hash) = (String::new(), chain::ROOT.to_owned());
    let mut rows = lines.query([])?;
    while let Some(row) = rows.next()? {
        let (id, number, line): (String, u64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let previous = if id == battle { hash.as_str() } else { chain::ROOT };
        hash = chain::link(previous, &line);
        keep.execute(params![id, number, hash])?;
        battle = id;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::sqlite::{Store, verify};

    const FORMAT_1: &str = r#"
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE ledger (battle_id TEXT NOT NULL, number INTEGER NOT NULL, line TEXT NOT NULL,
            PRIMARY KEY (battle_id, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE battles (battle_id TEXT PRIMARY KEY, info TEXT NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO meta VALUES ('format', '1');
        INSERT INTO ledger VALUES
            ('b', 1, '{"battleId":"b","number":1,"liveId":"red","userId":"ann","op":"add","value":5,"before":0,"after":5,"occurredAt":1,"appliedAt":1,"keyId":"k","idempotencyKey":"1"}'),
            ('b', 2, '{"battleId":"b","number":2,"liveId":"red","userId":"ann","op":"add","value":4,"before":5,"after":9,"occurredAt":1,"appliedAt":1,"keyId":"k","idempotencyKey":"2"}'),
            ('c', 1, '{"battleId":"c","number":1,"liveId":"red","userId":"ann","op":"set","value":7,"before":0,"after":7,"occurredAt":1,"appliedAt":1,"keyId":"k","idempotencyKey":"1"}');
    "#;

    #[test]
    fn an_older_ledger_gets_its_hashes_and_stays_whole() {
        let data = tempfile::tempdir().unwrap();
        let old = rusqlite::Connection::open(data.path().join(super::super::store::FILE)).unwrap();
        old.execute_batch(FORMAT_1).unwrap();
        drop(old);
        drop(Store::open(data.path()).unwrap());
        for (battle, entries) in [("b", 2), ("c", 1)] {
            let verdict = verify(data.path(), &battle.parse().unwrap()).unwrap().unwrap();
            assert_eq!((verdict.entries, verdict.faults.len()), (entries, 0), "{:?}", verdict.faults);
        }
        drop(Store::open(data.path()).unwrap());
    }
}
