//! The battle that a co-host request carries. It starts when all invitations of the request are
//! settled.

use duelcast_protocol::LiveId;

use crate::{Realm, cohost::BattlePlan, step::Step};

impl Realm {
    /// Records how an invitation ended, and starts each battle that waited for it.
    pub(super) fn settle_plan(&mut self, step: &mut Step, from: &LiveId, to: &LiveId, is_accepted: bool) {
        let live = self.known_live_mut(from);
        for plan in &mut live.battle_plans {
            plan.settle(to, is_accepted);
        }
        let plans = std::mem::take(&mut live.battle_plans);
        let (open, settled): (Vec<_>, Vec<_>) = plans.into_iter().partition(|plan| plan.is_open());
        live.battle_plans = open;
        for plan in settled {
            self.start_plan(step, from, plan);
        }
    }

    fn start_plan(&mut self, step: &mut Step, from: &LiveId, plan: BattlePlan) {
        let (battle_id, config, accepted) = plan.into_parts();
        let can_join = |id: &LiveId| self.are_connected(from, id) && !self.is_in_battle(id);
        let mut sides: Vec<LiveId> = accepted.into_iter().filter(can_join).collect();
        if sides.is_empty() || self.is_in_battle(from) || self.has_battle_on(from) {
            return;
        }
        sides.push(from.clone());
        self.start_battle(step, battle_id, from, &sides, config);
    }
}
