//! Battles that a back end starts between connected lives, or ends.

use duelcast_protocol::{
    BattleEndReason, BattleId, BattlePhase, ErrorCode, LiveId, PenaltyEndReason, Rejection, rest::StartBattle,
};

use crate::{Realm, Reply, checks, outcome::Answer, step::Step};

impl Realm {
    pub(crate) fn start_battle_by_service(&mut self, step: &mut Step, request: StartBattle) -> Answer {
        let StartBattle { mut live_ids, config } = request;
        let inviter =
            live_ids.first().cloned().ok_or_else(|| checks::invalid("liveIds must not be empty."))?;
        live_ids.sort();
        live_ids.dedup();
        self.check_sides(&inviter, &live_ids)?;
        let id = step.battle_id();
        self.start_battle(step, id.clone(), &inviter, &live_ids, config);
        self.battle_answer(&id)
    }

    fn check_sides(&self, inviter: &LiveId, sides: &[LiveId]) -> Result<(), Rejection> {
        for live_id in sides {
            self.live(live_id)?;
            if !self.are_connected(inviter, live_id) {
                return Err(ErrorCode::ConnectionNotExist.into());
            }
        }
        if self.has_battle_on(inviter) || sides.iter().any(|live_id| self.is_in_battle(live_id)) {
            return Err(ErrorCode::InOtherBattle.into());
        }
        Ok(())
    }

    pub(crate) fn end_battle_by_service(&mut self, step: &mut Step, id: &BattleId) -> Answer {
        match self.any_battle(id)?.info.phase {
            BattlePhase::Running | BattlePhase::Settling => {
                self.end_battle(step, id, BattleEndReason::EndedByService);
            }
            BattlePhase::Penalty => self.end_penalty(step, id, PenaltyEndReason::EndedByService),
            BattlePhase::Ended => return Err(ErrorCode::BattleHasEnded.into()),
        }
        self.battle_answer(id)
    }

    fn battle_answer(&self, id: &BattleId) -> Answer {
        Ok(Reply::Battle(Box::new(self.any_battle(id)?.info.clone())))
    }
}
