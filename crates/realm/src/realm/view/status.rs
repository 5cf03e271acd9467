//! The battle status of a live, for back ends.

use duelcast_protocol::{
    BattlePhase, BattleRequest, LiveId, Timestamp,
    rest::{BattleStatus, LiveBattleStatus},
};

use crate::{Realm, battle::Battle, lives::Live};

impl Realm {
    /// The battle status of a live at time `at`; `None` if there is no such live. A battle in which
    /// it is not a side is left out, and one that it has left, until the end.
    #[must_use]
    pub fn live_battle_status(&self, live: &LiveId, at: Timestamp) -> Option<LiveBattleStatus> {
        let shown = self.lives.get(live)?;
        let is_side = |battle: &&Battle| battle.info.sides.iter().any(|side| side.live_id == *live);
        let battle = self.shown_battle(live).filter(is_side).and_then(|battle| battle.seen_from(live));
        let request = self.open_request_of(shown).cloned();
        let phase = battle.as_ref().map(|battle| battle.phase);
        let status = match (phase, &request) {
            (Some(BattlePhase::Running), _) => BattleStatus::Running,
            (Some(BattlePhase::Settling), _) => BattleStatus::Settling,
            (Some(BattlePhase::Penalty), _) => BattleStatus::Penalty,
            (Some(BattlePhase::Ended) | None, Some(_)) => BattleStatus::Pending,
            (Some(BattlePhase::Ended) | None, None) => BattleStatus::None,
        };
        let running = battle.as_ref().filter(|battle| battle.phase == BattlePhase::Running);
        let remaining_ms = running.map_or(0, |battle| battle.ends_at.saturating_sub(at));
        Some(LiveBattleStatus {
            live_id: live.clone(),
            status,
            battle,
            request,
            server_time: at,
            remaining_ms,
        })
    }

    /// The number of open lives.
    #[must_use]
    pub fn live_count(&self) -> usize {
        self.lives.older_than(u64::MAX).count()
    }

    /// The number of battles that are running or settling.
    #[must_use]
    pub fn battle_count(&self) -> usize {
        self.battles.values().filter(|battle| battle.is_on()).count()
    }

    fn open_request_of(&self, live: &Live) -> Option<&BattleRequest> {
        let id = live.battle_request_sent.as_ref().or(live.battle_requests_received.first())?;
        self.battle_request(id)
    }
}
