//! Battles: requests, phases, exits, results, and the lives that show them.

mod answers;
mod exit;
mod phases;
mod requests;
mod service;
mod start;

use duelcast_protocol::{
    BattleExitReason, BattleId, BattlePhase, ErrorCode, Event, LiveId, Rejection, Timestamp, limits,
};

use crate::{Realm, battle::Battle, deadlines::Due, step::Step};

impl Realm {
    /// The battle with this id, running or ended.
    pub(crate) fn any_battle(&self, id: &BattleId) -> Result<&Battle, Rejection> {
        self.battles.get(id).ok_or_else(|| {
            let is_request = self.battle_requests.contains_key(id);
            let code =
                if is_request { ErrorCode::BattleNotStarted } else { ErrorCode::BattleNotExistOrEnded };
            code.into()
        })
    }

    /// The battle that a live shows.
    pub(crate) fn shown_battle(&self, live_id: &LiveId) -> Option<&Battle> {
        self.battles.get(self.lives.get(live_id)?.battle.as_ref()?)
    }

    /// The battle in which a live is a side that has not left, while scores count.
    pub(crate) fn current_battle_of(&self, live_id: &LiveId) -> Option<&Battle> {
        self.shown_battle(live_id).filter(|battle| battle.is_on() && battle.has_active_side(live_id))
    }

    pub(crate) fn is_in_battle(&self, live_id: &LiveId) -> bool {
        self.current_battle_of(live_id).is_some()
    }

    /// Whether the connection of a live has a battle that is running or settling.
    pub(crate) fn has_battle_on(&self, live_id: &LiveId) -> bool {
        let battle_id = self.connection_of(live_id).and_then(|(_, connection)| connection.battle.as_ref());
        battle_id.and_then(|id| self.battles.get(id)).is_some_and(Battle::is_on)
    }

    pub(crate) fn leave_battle(&mut self, step: &mut Step, live_id: &LiveId, reason: BattleExitReason) {
        if let Some(battle_id) = self.current_battle_of(live_id).map(|battle| battle.info.battle_id.clone()) {
            self.exit_side(step, &battle_id, live_id, reason);
        }
    }

    /// Sends a public event to the audience of each live that shows the battle. Those that have left
    /// hear of their own exit and of the end.
    fn publish_battle(&mut self, step: &mut Step, id: &BattleId, event: &Event) {
        let Some(battle) = self.battles.get(id) else {
            return;
        };
        let shown_in = battle.shown_in.iter().filter(|live_id| battle.is_told_to(live_id, event));
        for live_id in &shown_in.cloned().collect::<Vec<_>>() {
            self.publish(step, live_id, event.clone());
        }
    }

    /// Makes this battle the one that a live shows.
    fn show_battle(&mut self, live_id: &LiveId, id: &BattleId) {
        self.stop_showing_battle(live_id);
        self.known_live_mut(live_id).battle = Some(id.clone());
        if let Some(battle) = self.battles.get_mut(id) {
            battle.shown_in.insert(live_id.clone());
        }
    }

    pub(crate) fn stop_showing_battle(&mut self, live_id: &LiveId) {
        let Some(id) = self.known_live_mut(live_id).battle.take() else {
            return;
        };
        if let Some(battle) = self.battles.get_mut(&id) {
            battle.shown_in.remove(live_id);
            self.forget_battle(&id);
        }
    }

    /// Shows the battle of the connection in a live that joined it, unless the live is still a side
    /// of another battle.
    pub(crate) fn watch_battle(&mut self, step: &mut Step, live_id: &LiveId) {
        let Some(id) = self.connection_of(live_id).and_then(|(_, connection)| connection.battle.clone())
        else {
            return;
        };
        let Some(battle) = self.battles.get(&id) else {
            return;
        };
        let is_over = battle.info.phase == BattlePhase::Ended;
        if is_over || battle.shown_in.contains(live_id) || self.is_in_battle(live_id) {
            return;
        }
        let battle_info = battle.info.clone();
        self.show_battle(live_id, &id);
        self.publish(step, live_id, Event::OnBattleStarted { battle_info });
    }

    fn set_phase_end(&mut self, id: &BattleId, at: Option<Timestamp>) {
        let Some(battle) = self.battles.get_mut(id) else {
            return;
        };
        let due = Due::BattlePhase { battle_id: id.clone() };
        if let Some(old) = std::mem::replace(&mut battle.phase_ends_at, at) {
            self.deadlines.cancel(old, due.clone());
        }
        if let Some(at) = at {
            self.deadlines.add(at, due);
        }
    }

    fn schedule_removal(&mut self, id: &BattleId) {
        let at = self.after(limits::KEEP_ENDED_BATTLE_MS);
        self.deadlines.add(at, Due::ForgetBattle { battle_id: id.clone() });
    }

    pub(crate) fn expire_battle(&mut self, id: &BattleId) {
        if let Some(battle) = self.battles.get_mut(id) {
            battle.is_stale = true;
        }
        self.forget_battle(id);
    }

    /// Drops a battle whose retention time is over and that no live shows.
    fn forget_battle(&mut self, id: &BattleId) {
        if self.battles.get(id).is_some_and(|battle| battle.is_stale && battle.shown_in.is_empty()) {
            self.battles.remove(id);
        }
    }
}
