//! Score updates by services.

use duelcast_protocol::{
    BattleId, ErrorCode, KeyId,
    rest::{LedgerEntry, ScoreUpdate},
};

use crate::{Effect, Realm, Reply, battle::Line, outcome::Answer, step::Step};

impl Realm {
    pub(crate) fn update_scores(
        &mut self,
        step: &mut Step,
        key_id: &KeyId,
        battle_id: &BattleId,
        idempotency_key: String,
        update: ScoreUpdate,
    ) -> Answer {
        let battle = self.any_battle(battle_id)?;
        if let Some(reply) = battle.first_reply(&idempotency_key, &update)? {
            return Ok(Reply::Score(reply));
        }
        let occurred_at = update.occurred_at.unwrap_or(self.now).min(self.now);
        let lines = battle.checked_lines(&update, occurred_at)?;
        let applied_at = self.now;
        let first_number = battle.ledger.len() as u64 + 1;
        let Some(battle) = self.battles.get_mut(battle_id) else {
            return Err(ErrorCode::BattleNotExistOrEnded.into());
        };
        for (line, number) in lines.iter().zip(first_number..) {
            let Line { side, value, before, after } = *line;
            let side = &battle.info.sides[side];
            step.effects.push(Effect::Ledger(LedgerEntry {
                battle_id: battle_id.clone(),
                number,
                live_id: side.live_id.clone(),
                user_id: side.user.user_id.clone(),
                op: update.op,
                value,
                before,
                after,
                occurred_at,
                applied_at,
                key_id: key_id.to_string(),
                idempotency_key: idempotency_key.clone(),
                source: update.source.clone(),
                reverses: update.reverses,
            }));
        }
        let reply = battle.record(lines, idempotency_key, update);
        let live_ids = battle.watched_in();
        step.effects.push(Effect::ScoreChanged { battle_id: battle_id.clone(), live_ids });
        Ok(Reply::Score(reply))
    }
}
