//! The start of a battle: sides, deadline, and the lives that show it.

use std::collections::BTreeSet;

use duelcast_protocol::{
    BattleConfig, BattleId, BattleInfo, BattlePhase, BattleSide, Event, LiveId, rest::WebhookEvent,
};

use crate::{Realm, RuleVersions, battle::Battle, shared_map::SharedMap, step::Step};

impl Realm {
    /// Starts a battle between lives of one connection without a current battle.
    pub(crate) fn start_battle(
        &mut self,
        step: &mut Step,
        id: BattleId,
        inviter: &LiveId,
        sides: &[LiveId],
        config: BattleConfig,
    ) {
        let Some((connection_id, connection)) = self.connection_of(inviter) else {
            return;
        };
        let (connection_id, everyone) = (connection_id.clone(), connection.live_ids());
        if let Some(last) = connection.battle.clone() {
            self.supersede_penalty(step, &last);
        }
        self.supersede_battle_requests(step, &everyone, &id);

        let side = |live_id: &LiveId| BattleSide {
            live_id: live_id.clone(),
            user: self.known_live(live_id).info.owner.clone(),
            score: 0,
            exited: None,
        };
        let ends_at = self.after(config.duration_ms);
        let info = BattleInfo {
            battle_id: id.clone(),
            connection_id: connection_id.clone(),
            config,
            phase: BattlePhase::Running,
            inviter_user_id: self.known_live(inviter).info.owner.user_id.clone(),
            started_at: self.now,
            ends_at,
            penalty_ends_at: None,
            sides: everyone.iter().filter(|live_id| sides.contains(live_id)).map(side).collect(),
            score_rev: 0,
            contributors: Vec::new(),
            result: None,
        };
        let battle = Battle {
            info: info.clone(),
            shown_in: BTreeSet::new(),
            phase_ends_at: None,
            is_stale: false,
            ledger: Vec::new(),
            contributions: Vec::new(),
            rule_versions: RuleVersions::default(),
            answers: SharedMap::default(),
        };
        self.battles.insert(id.clone(), battle);
        if let Some(connection) = self.connections.get_mut(&connection_id) {
            connection.battle = Some(id.clone());
        }
        self.set_phase_end(&id, Some(ends_at));
        for live_id in
            everyone.iter().filter(|live_id| !self.is_in_battle(live_id)).cloned().collect::<Vec<_>>()
        {
            self.show_battle(&live_id, &id);
        }
        self.publish_battle(step, &id, &Event::OnBattleStarted { battle_info: info.clone() });
        step.webhook_event(WebhookEvent::BattleStarted { battle_info: info });
    }
}
