//! The tables.

/// Version of the tables and of what is in them.
pub(super) const FORMAT: &str = "2";

pub(super) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS entries (
    idx     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    at      INTEGER NOT NULL,
    command TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS snapshots (
    idx    INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    state  TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS ledger (
    battle_id TEXT NOT NULL,
    number    INTEGER NOT NULL,
    line      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    PRIMARY KEY (battle_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS battles (
    battle_id TEXT PRIMARY KEY,
    info      TEXT NOT NULL,
    head      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS battles_by_start ON battles (info ->> '$.startedAt', battle_id);

CREATE TABLE IF NOT EXISTS battle_sides (
    live_id    TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    battle_id  TEXT NOT NULL,
    PRIMARY KEY (live_id, started_at, battle_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS outbox (
    seq     INTEGER PRIMARY KEY,
    idx     INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    fact    TEXT NOT NULL,
    UNIQUE (idx, ordinal)
) STRICT;

-- The retention watermark of the outbox, in one row (`OutboxTrim`).
CREATE TABLE IF NOT EXISTS deliveries (
    endpoint TEXT PRIMARY KEY,
    seq      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";
