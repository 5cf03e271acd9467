//! The phases of a battle: running, settling, penalty, ended.

use duelcast_protocol::{
    BattleEndReason, BattleId, BattlePhase, BattleResult, CoHostLeaveReason, EndPenalty, ErrorCode, Event,
    LiveId, PenaltyEndReason, SideOutcome, UserId, rest::WebhookEvent,
};

use crate::{
    Actor, Realm,
    battle::battle_result,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    /// Enters the next phase: the deadline of the current one has passed.
    pub(crate) fn advance_battle(&mut self, step: &mut Step, id: &BattleId) {
        let Some(battle) = self.battles.get(id) else {
            return;
        };
        match battle.info.phase {
            BattlePhase::Running if battle.info.config.settle_ms > 0 => self.start_settling(step, id),
            BattlePhase::Running | BattlePhase::Settling => {
                self.end_battle(step, id, BattleEndReason::TimeUp)
            }
            BattlePhase::Penalty => self.end_penalty(step, id, PenaltyEndReason::TimeUp),
            BattlePhase::Ended => {}
        }
    }

    fn start_settling(&mut self, step: &mut Step, id: &BattleId) {
        let Some(battle) = self.battles.get_mut(id) else {
            return;
        };
        battle.info.phase = BattlePhase::Settling;
        let (ends_at, settle_ms) = (battle.info.ends_at, battle.info.config.settle_ms);
        let settles_at = ends_at.saturating_add(settle_ms);
        self.set_phase_end(id, Some(settles_at));
        self.publish_battle(
            step,
            id,
            &Event::OnBattleSettling { battle_id: id.clone(), ends_at, settles_at },
        );
    }

    pub(super) fn end_battle(&mut self, step: &mut Step, id: &BattleId, reason: BattleEndReason) {
        self.set_phase_end(id, None);
        let now = self.now;
        let Some(battle) = self.battles.get_mut(id) else {
            return;
        };
        let contributors = battle.info.contributors.clone();
        let rule_versions = battle.rule_versions.to_vec();
        let info = &mut battle.info;
        info.ends_at = info.ends_at.min(now);
        info.phase = BattlePhase::Ended;
        info.result =
            Some(BattleResult { contributors, rule_versions, ..battle_result(&info.sides, reason) });
        let battle_info = info.clone();
        self.publish_battle(step, id, &Event::OnBattleEnded { battle_info: battle_info.clone() });
        step.webhook_event(WebhookEvent::BattleEnded { battle_info });
        self.count_battle(id);
        self.start_penalty(step, id);
    }

    fn count_battle(&mut self, id: &BattleId) {
        let ranking =
            self.battles.get(id).and_then(|battle| battle.info.result.as_ref()).map(|result| &result.ranking);
        for side in ranking.cloned().into_iter().flatten() {
            if let Some(live) = self.lives.get_mut(&side.live_id) {
                live.summary.battle_count += 1;
                live.summary.battles_won += u32::from(side.outcome == SideOutcome::Won);
            }
        }
    }

    fn start_penalty(&mut self, step: &mut Step, id: &BattleId) {
        let Some(battle) = self.battles.get(id) else {
            return;
        };
        let penalty_ms = battle.info.config.penalty_ms;
        let loser_user_ids = users_with(&battle.info, SideOutcome::Lost);
        if penalty_ms == 0
            || loser_user_ids.is_empty()
            || battle.info.result.as_ref().is_none_or(|it| it.is_draw)
        {
            return self.finish_battle(step, id);
        }
        let penalty_ends_at = self.after(penalty_ms);
        if let Some(battle) = self.battles.get_mut(id) {
            battle.info.phase = BattlePhase::Penalty;
            battle.info.penalty_ends_at = Some(penalty_ends_at);
        }
        self.set_phase_end(id, Some(penalty_ends_at));
        let started =
            Event::OnBattlePenaltyStarted { battle_id: id.clone(), loser_user_ids, penalty_ends_at };
        self.publish_battle(step, id, &started);
    }

    pub(super) fn end_penalty(&mut self, step: &mut Step, id: &BattleId, reason: PenaltyEndReason) {
        self.close_penalty(step, id, reason);
        self.finish_battle(step, id);
    }

    /// Ends a penalty because the next battle starts or the connection ends. `disconnect_after` of
    /// the old battle is dropped.
    pub(crate) fn supersede_penalty(&mut self, step: &mut Step, id: &BattleId) {
        if self.battles.get(id).is_some_and(|battle| battle.info.phase == BattlePhase::Penalty) {
            self.close_penalty(step, id, PenaltyEndReason::Superseded);
            self.schedule_removal(id);
        }
    }

    fn close_penalty(&mut self, step: &mut Step, id: &BattleId, reason: PenaltyEndReason) {
        self.set_phase_end(id, None);
        if let Some(battle) = self.battles.get_mut(id) {
            battle.info.phase = BattlePhase::Ended;
        }
        self.publish_battle(step, id, &Event::OnBattlePenaltyEnded { battle_id: id.clone(), reason });
        step.webhook_event(WebhookEvent::BattlePenaltyEnded { battle_id: id.clone(), reason });
    }

    fn finish_battle(&mut self, step: &mut Step, id: &BattleId) {
        self.schedule_removal(id);
        let Some(battle) = self.battles.get(id) else {
            return;
        };
        if !battle.info.config.disconnect_after {
            return;
        }
        let connection_id = battle.info.connection_id.clone();
        let is_here =
            |id: &LiveId| self.connection_of(id).is_some_and(|(connection, _)| *connection == connection_id);
        let sides = battle.info.sides.iter().map(|side| side.live_id.clone());
        let leaving: Vec<LiveId> = sides.filter(is_here).collect();
        self.leave_together(step, &connection_id, &leaving, CoHostLeaveReason::BattleOver);
    }

    pub(crate) fn end_penalty_early(&mut self, step: &mut Step, by: &Actor, params: &EndPenalty) -> Answer {
        self.own_live(&params.live_id, by)?;
        let info = &self.any_battle(&params.battle_id)?.info;
        let is_winner = users_with(info, SideOutcome::Won).contains(&by.user.user_id);
        match info.phase {
            BattlePhase::Ended => Err(ErrorCode::BattleHasEnded.into()),
            BattlePhase::Penalty if is_winner => {
                self.end_penalty(step, &params.battle_id, PenaltyEndReason::EndedByWinner);
                DONE
            }
            BattlePhase::Running | BattlePhase::Settling | BattlePhase::Penalty => {
                Err(ErrorCode::NoPermission.into())
            }
        }
    }
}

fn users_with(info: &duelcast_protocol::BattleInfo, outcome: SideOutcome) -> Vec<UserId> {
    let ranking = info.result.iter().flat_map(|result| &result.ranking);
    ranking.filter(|side| side.outcome == outcome).map(|side| side.user_id.clone()).collect()
}
