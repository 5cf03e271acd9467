//! Scores: a service adds to or sets totals; every change is a line of the ledger, and a repeated key changes nothing.

use duelcast_protocol::{
    BattleId, BattlePhase, BattleScore, Contributor, ErrorCode, KeyId, LiveId, Rejection, SideContributors,
    Timestamp, limits,
    rest::{LedgerEntry, ScoreChange, ScoreOp, ScoreReply, ScoreSource, ScoreUpdate},
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

use crate::{
    Contributions, Effect, Realm, Reply, checks, checks::invalid, outcome::Answer, realm::battle::Battle,
    step::Step,
};

/// Characters of each text of a score's source.
const MAX_SOURCE_TEXT_CHARS: usize = 64;

/// What a reversal must know of a ledger entry.
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
    /// Who gave it, if it counts as given.
    fn counted_giver(&self) -> Option<&Giver> {
        let is_counted = self.op == ScoreOp::Add && !self.is_reversed && !self.is_reversal;
        self.giver.as_ref().filter(|_| is_counted)
    }
}

/// Who gave, for the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Giver {
    user_id: String,
    name: String,
}

/// One checked line of an update.
struct Line {
    side: usize,
    value: i64,
    before: u64,
    after: u64,
}

impl Realm {
    pub(crate) fn update_scores(
        &mut self,
        step: &mut Step,
        key_id: &KeyId,
        battle_id: &BattleId,
        idempotency_key: String,
        update: ScoreUpdate,
    ) -> Answer {
        check_update(&idempotency_key, &update)?;
        let battle = self.any_battle(battle_id)?;
        if let Some((first, reply)) = battle.answers.get(idempotency_key.as_str()) {
            return if *first == update {
                Ok(Reply::Score(reply.clone()))
            } else {
                Err(ErrorCode::IdempotencyConflict.into())
            };
        }
        let occurred_at = update.occurred_at.unwrap_or(self.now).min(self.now);
        check_still_counted(battle, occurred_at)?;
        let lines = checked_lines(battle, &update)?;
        let (now, first_number) = (self.now, battle.ledger.len() as u64 + 1);
        let Some(battle) = self.battles.get_mut(battle_id) else {
            return Err(ErrorCode::BattleNotExistOrEnded.into());
        };
        for (line, number) in lines.iter().zip(first_number..) {
            let side = &mut battle.info.sides[line.side];
            side.score = line.after;
            step.effects.push(Effect::Ledger(LedgerEntry {
                battle_id: battle_id.clone(),
                number,
                live_id: side.live_id.clone(),
                user_id: side.user.user_id.clone(),
                op: update.op,
                value: line.value,
                before: line.before,
                after: line.after,
                occurred_at,
                applied_at: now,
                key_id: key_id.to_string(),
                idempotency_key: idempotency_key.clone(),
                source: update.source.clone(),
                reverses: update.reverses,
            }));
        }
        let reply = battle.keep(lines, idempotency_key, update);
        let live_ids = battle.shown_in.iter().cloned().collect();
        step.effects.push(Effect::ScoreChanged { battle_id: battle_id.clone(), live_ids });
        Ok(Reply::Score(reply))
    }
}

impl Battle {
    pub(crate) fn score(&self) -> BattleScore {
        let side_score = |side: &duelcast_protocol::BattleSide| duelcast_protocol::SideScore {
            live_id: side.live_id.clone(),
            user_id: side.user.user_id.clone(),
            score: side.score,
        };
        BattleScore {
            battle_id: self.info.battle_id.clone(),
            score_rev: self.info.score_rev,
            scores: self.info.sides.iter().map(side_score).collect(),
        }
    }

    /// Remembers the lines, and the answer for the next time this key comes.
    fn keep(&mut self, lines: Vec<Line>, key: String, update: ScoreUpdate) -> ScoreReply {
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

    /// Brings up to date who gave the most, after these lines of the ledger.
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

    /// From the ledger alone, for when something in it no longer counts.
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

fn check_update(idempotency_key: &str, update: &ScoreUpdate) -> Result<(), Rejection> {
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
    checks::range("coins", coins.unwrap_or_default(), 0, limits::MAX_SCORE)?;
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
        let side = standing_side(battle, change)?;
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

fn standing_side(battle: &Battle, change: &ScoreChange) -> Result<usize, Rejection> {
    let place = battle.info.sides.iter().position(|side| {
        change.live_id.as_ref() == Some(&side.live_id) || change.user_id.as_ref() == Some(&side.user.user_id)
    });
    let standing = place.filter(|place| battle.info.sides[*place].exited.is_none());
    standing.ok_or_else(|| ErrorCode::RoomNotInBattle.into())
}

/// The new total: never below 0, never above what JSON readers keep exact.
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
