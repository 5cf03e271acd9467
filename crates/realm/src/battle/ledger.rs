//! The ledger of a battle: each change of a total is a line, and a repeated idempotency key changes
//! nothing.

use std::ops::Range;

use duelcast_protocol::{
    BattlePhase, Contributor, ErrorCode, LiveId, Rejection, SideContributors, Timestamp, limits,
    rest::{ScoreChange, ScoreOp, ScoreReply, ScoreSource, ScoreUpdate},
};
use serde::{Deserialize, Serialize};

use super::{Battle, Contributions};
use crate::checks::{self, invalid};

/// Characters of each text of a score's source.
const MAX_SOURCE_TEXT_CHARS: usize = 64;

/// The part of a ledger entry that reversals and contributor sums need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LedgerLine {
    side: usize,
    op: ScoreOp,
    value: i64,
    is_reversed: bool,
    #[serde(default)]
    is_reversal: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    giver: Option<Giver>,
}

impl LedgerLine {
    /// The giver, if this line counts for the contributors.
    fn counted_giver(&self) -> Option<&Giver> {
        let is_counted = self.op == ScoreOp::Add && !self.is_reversed && !self.is_reversal;
        self.giver.as_ref().filter(|_| is_counted)
    }
}

/// The giver of a gift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Giver {
    user_id: String,
    name: String,
}

/// One change of a score update that has passed all checks.
pub(crate) struct Line {
    /// Index in `sides` of the battle.
    pub side: usize,
    pub value: i64,
    /// Totals of the side, in points.
    pub before: u64,
    pub after: u64,
}

impl Battle {
    /// The reply to the first update with this key, if there was one.
    ///
    /// # Errors
    /// `idempotencyConflict` if that update was another one.
    pub fn first_reply(&self, key: &str, update: &ScoreUpdate) -> Result<Option<ScoreReply>, Rejection> {
        match self.answers.get(key) {
            None => Ok(None),
            Some((first, reply)) if first == update => Ok(Some(reply.clone())),
            Some(_) => Err(ErrorCode::IdempotencyConflict.into()),
        }
    }

    /// The changes that an update makes, without making them.
    ///
    /// # Errors
    /// The battle or the side does not count any more, a total leaves its range, the ledger is
    /// full, or the update reverses what cannot be reversed.
    pub fn checked_lines(
        &self,
        update: &ScoreUpdate,
        occurred_at: Timestamp,
    ) -> Result<Vec<Line>, Rejection> {
        check_still_counted(self, occurred_at)?;
        checked_lines(self, update)
    }

    /// Changes the totals, appends the lines, and keeps the reply for repetitions of the key.
    pub fn record(&mut self, lines: Vec<Line>, key: String, update: ScoreUpdate) -> ScoreReply {
        for line in &lines {
            self.info.sides[line.side].score = line.after;
        }
        if let Some(reversed) = update.reverses.and_then(|number| self.ledger_line_mut(number)) {
            reversed.is_reversed = true;
        }
        self.rule_versions.note(update.source.as_ref());
        let first_number = self.ledger.len() as u64 + 1;
        let entries: Vec<u64> = (first_number..).take(lines.len()).collect();
        let is_reversal = update.reverses.is_some();
        let giver = update.source.as_ref().filter(|source| !source.giver_user_id.is_empty());
        let giver = giver
            .map(|source| Giver { user_id: source.giver_user_id.clone(), name: source.giver_name.clone() });
        let kept = |line: Line| LedgerLine {
            side: line.side,
            op: update.op,
            value: line.value,
            is_reversed: false,
            is_reversal,
            giver: giver.clone(),
        };
        self.ledger.extend(lines.into_iter().map(kept));
        self.count_givers(self.ledger.len() - entries.len()..self.ledger.len());
        self.info.score_rev += 1;
        let reply = ScoreReply { score: self.score(), entries };
        self.answers.insert(key.into(), (update, reply.clone()));
        reply
    }

    /// Updates the top contributors after these new lines.
    fn count_givers(&mut self, new: Range<usize>) {
        self.contributions.resize_with(self.info.sides.len(), Contributions::default);
        for place in new {
            let line = &self.ledger[place];
            let side = line.side;
            let top = if line.is_reversal {
                self.contributions[side] = self.contributions_of(side);
                self.contributions[side].top(limits::MAX_RESULT_CONTRIBUTORS)
            } else if let Some(giver) = line.counted_giver() {
                let sums = &mut self.contributions[side];
                sums.count(&giver.user_id, &giver.name, line.value);
                if line.value < 0 {
                    sums.top(limits::MAX_RESULT_CONTRIBUTORS)
                } else {
                    let before =
                        self.info.contributors.iter().find(|it| it.live_id == self.info.sides[side].live_id);
                    let before = before.map_or(&[][..], |it| &it.contributors);
                    sums.top_after(&giver.user_id, before, limits::MAX_RESULT_CONTRIBUTORS)
                }
            } else {
                continue;
            };
            self.show_top(side, top);
        }
    }

    /// Sums of one side, recomputed from the whole ledger. Needed after a reversal.
    fn contributions_of(&self, side: usize) -> Contributions {
        let mut sums = Contributions::default();
        for line in self.ledger.iter().filter(|line| line.side == side) {
            if let Some(giver) = line.counted_giver() {
                sums.count(&giver.user_id, &giver.name, line.value);
            }
        }
        sums
    }

    fn show_top(&mut self, side: usize, top: Vec<Contributor>) {
        let live_id = self.info.sides[side].live_id.clone();
        let place = |of: &LiveId| self.info.sides.iter().position(|side| side.live_id == *of);
        let mut shown = std::mem::take(&mut self.info.contributors);
        shown.retain(|other| other.live_id != live_id);
        if !top.is_empty() {
            shown.push(SideContributors { live_id, contributors: top });
        }
        shown.sort_by_key(|side| place(&side.live_id));
        self.info.contributors = shown;
    }

    fn ledger_line_mut(&mut self, number: u64) -> Option<&mut LedgerLine> {
        self.ledger.get_mut(ledger_place(number)?)
    }
}

fn ledger_place(number: u64) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}

/// Validates an update by itself, without the battle.
///
/// # Errors
/// `invalidParams`, or `scoreOutOfRange` for a value beyond [`limits::MAX_SCORE`] or a negative one
/// to set.
pub(crate) fn check_update(idempotency_key: &str, update: &ScoreUpdate) -> Result<(), Rejection> {
    let key_bytes = idempotency_key.len();
    checks::range("The length of the idempotency key", key_bytes, 1, limits::MAX_IDEMPOTENCY_KEY_BYTES)?;
    checks::range("The number of scores", update.scores.len(), 1, limits::MAX_SCORES_PER_UPDATE)?;
    if let Some(source) = &update.source {
        check_source(source)?;
    }
    for change in &update.scores {
        if change.live_id.is_some() == change.user_id.is_some() {
            return Err(invalid("Each score names either a liveId or a userId."));
        }
        let is_possible = update.op == ScoreOp::Add || change.value >= 0;
        if !is_possible || change.value.unsigned_abs() > limits::MAX_SCORE {
            return Err(ErrorCode::ScoreOutOfRange.into());
        }
    }
    Ok(())
}

fn check_source(source: &ScoreSource) -> Result<(), Rejection> {
    let ScoreSource { gift_id, giver_user_id, giver_name, count: _, coins, rule_version, note } = source;
    let texts = [
        ("giftId", gift_id),
        ("giverUserId", giver_user_id),
        ("giverName", giver_name),
        ("ruleVersion", rule_version),
        ("note", note),
    ];
    checks::range("coins", coins.unwrap_or_default(), 0, limits::MAX_SAFE_INTEGER)?;
    texts.iter().try_for_each(|(name, text)| checks::text(name, text, MAX_SOURCE_TEXT_CHARS))
}

fn check_still_counted(battle: &Battle, occurred_at: Timestamp) -> Result<(), Rejection> {
    let is_counted = match battle.info.phase {
        BattlePhase::Running => true,
        BattlePhase::Settling => occurred_at < battle.info.ends_at,
        BattlePhase::Penalty | BattlePhase::Ended => false,
    };
    if is_counted { Ok(()) } else { Err(ErrorCode::BattleHasEnded.into()) }
}

fn checked_lines(battle: &Battle, update: &ScoreUpdate) -> Result<Vec<Line>, Rejection> {
    if battle.ledger.len() + update.scores.len() > limits::MAX_LEDGER_ENTRIES_PER_BATTLE {
        return Err(ErrorCode::LedgerFull.into());
    }
    let mut totals: Vec<u64> = battle.info.sides.iter().map(|side| side.score).collect();
    let mut lines = Vec::with_capacity(update.scores.len());
    for change in &update.scores {
        let side = active_side(battle, change)?;
        let before = totals[side];
        let after = changed(before, update.op, change.value)?;
        totals[side] = after;
        lines.push(Line { side, value: change.value, before, after });
    }
    if let Some(number) = update.reverses {
        check_reversal(battle, update, &lines, number)?;
    }
    Ok(lines)
}

fn active_side(battle: &Battle, change: &ScoreChange) -> Result<usize, Rejection> {
    let place = battle.info.sides.iter().position(|side| {
        change.live_id.as_ref() == Some(&side.live_id) || change.user_id.as_ref() == Some(&side.user.user_id)
    });
    let standing = place.filter(|place| battle.info.sides[*place].exited.is_none());
    standing.ok_or_else(|| ErrorCode::RoomNotInBattle.into())
}

/// The new total, in points: 0 to [`limits::MAX_SCORE`].
fn changed(before: u64, op: ScoreOp, value: i64) -> Result<u64, Rejection> {
    let after = match op {
        ScoreOp::Set => value.unsigned_abs(),
        ScoreOp::Add if value < 0 => before.saturating_sub(value.unsigned_abs()),
        ScoreOp::Add => before.saturating_add(value.unsigned_abs()),
    };
    if after > limits::MAX_SCORE { Err(ErrorCode::ScoreOutOfRange.into()) } else { Ok(after) }
}

fn check_reversal(
    battle: &Battle,
    update: &ScoreUpdate,
    lines: &[Line],
    number: u64,
) -> Result<(), Rejection> {
    let reversed = ledger_place(number).and_then(|place| battle.ledger.get(place));
    let reversed = reversed.ok_or(ErrorCode::LedgerEntryNotExist)?;
    if reversed.is_reversed {
        return Err(ErrorCode::AlreadyReversed.into());
    }
    if reversed.is_reversal {
        return Err(invalid("A reversal cannot be reversed; add the value again with a key of its own."));
    }
    let is_opposite = matches!(lines, [line] if line.side == reversed.side && line.value == -reversed.value);
    if update.op != ScoreOp::Add || reversed.op != ScoreOp::Add || !is_opposite {
        return Err(invalid("A reversal is one add with the negative value of the add that it reverses."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_never_falls_below_zero_or_rises_above_what_json_keeps() {
        assert_eq!(changed(5, ScoreOp::Add, -9), Ok(0));
        assert_eq!(changed(5, ScoreOp::Set, 7), Ok(7));
        assert_eq!(changed(limits::MAX_SCORE - 1, ScoreOp::Add, 1), Ok(limits::MAX_SCORE));
        assert_eq!(changed(limits::MAX_SCORE, ScoreOp::Add, 1), Err(ErrorCode::ScoreOutOfRange.into()));
    }
}
