//! Which gifts are sent. Everything follows from the seed and the battle.

use duelcast_protocol::{BattleInfo, LiveId, Timestamp};

const MAX_VALUE: i64 = 1_000;
const MAX_COPIES: u32 = 4;
/// One key in so many is used again with another value.
const STOLEN_ONE_IN: u32 = 10;

/// One score update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gift {
    pub key: String,
    pub live: LiveId,
    pub value: i64,
    /// How often it is sent.
    pub copies: u32,
    pub is_key_stolen: bool,
    /// Late ones say that they are from the start of the battle.
    pub occurred_at: Option<Timestamp>,
}

pub(super) fn gifts(seed: u64, updates: u32, battle: &BattleInfo) -> Vec<Gift> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let lives: Vec<&LiveId> = battle.sides.iter().map(|side| &side.live_id).collect();
    let Some(last) = lives.len().checked_sub(1) else { return Vec::new() };
    (0..updates)
        .map(|number| Gift {
            key: format!("simulate-{seed}-{number}"),
            live: lives[dice.usize(0..=last)].clone(),
            value: dice.i64(1..=MAX_VALUE),
            copies: dice.u32(1..=MAX_COPIES),
            is_key_stolen: dice.u32(0..STOLEN_ONE_IN) == 0,
            occurred_at: dice.bool().then_some(battle.started_at),
        })
        .collect()
}
