//! Exits from a battle. The score of the side stays, marked as exited.

use duelcast_protocol::{BattleEndReason, BattleExitReason, BattleId, ErrorCode, Event, ExitBattle, LiveId};

use crate::{
    Actor, Realm,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn exit_battle(&mut self, step: &mut Step, by: &Actor, params: &ExitBattle) -> Answer {
        self.own_live(&params.live_id, by)?;
        let battle = self.any_battle(&params.battle_id)?;
        if !battle.is_on() {
            return Err(ErrorCode::BattleHasEnded.into());
        }
        if !battle.has_active_side(&params.live_id) {
            return Err(ErrorCode::RoomNotInBattle.into());
        }
        self.exit_side(step, &params.battle_id, &params.live_id, BattleExitReason::Exited);
        DONE
    }

    pub(super) fn exit_side(
        &mut self,
        step: &mut Step,
        id: &BattleId,
        live_id: &LiveId,
        reason: BattleExitReason,
    ) {
        let Some(battle) = self.battles.get_mut(id) else {
            return;
        };
        let Some(side) = battle.info.sides.iter_mut().find(|side| side.live_id == *live_id) else {
            return;
        };
        side.exited = Some(reason);
        let user_id = side.user.user_id.clone();
        let standing_count = battle.info.sides.iter().filter(|side| side.exited.is_none()).count();
        let end_when_one_left = battle.info.config.end_when_one_left;
        let (battle_id, user_live_id) = (id.clone(), live_id.clone());
        self.publish_battle(step, id, &Event::OnUserExitBattle { battle_id, user_id, user_live_id, reason });
        match standing_count {
            0 => self.end_battle(step, id, BattleEndReason::AllExited),
            1 if end_when_one_left => self.end_battle(step, id, BattleEndReason::OneLeft),
            _ => {}
        }
    }
}
