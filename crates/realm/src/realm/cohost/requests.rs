//! Co-host invitations: one result code for each target.

use std::collections::BTreeMap;

use duelcast_protocol::{
    CoHostCode, CoHostInvitation, ErrorCode, HostConnectionReply, LiveId, RequestHostConnection, limits,
};

use crate::{Actor, Realm, Reply, cohost::BattlePlan, outcome::Answer, step::Step};

impl Realm {
    pub(crate) fn request_host_connection(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: RequestHostConnection,
    ) -> Answer {
        self.own_live(&params.live_id, by)?;
        let mut results = BTreeMap::new();
        let mut invited = Vec::new();
        for target in &params.target_hosts {
            if results.contains_key(target) {
                continue;
            }
            let (code, is_open) = self.request_one(step, &params, target);
            results.insert(target.clone(), code);
            if is_open {
                invited.push(target.clone());
            }
        }
        invited.retain(|target| self.has_invited(&params.live_id, target));
        if let Some(config) = params.battle
            && !invited.is_empty()
        {
            let plan = BattlePlan::new(step.battle_id(), config, invited);
            self.known_live_mut(&params.live_id).battle_plans.push(plan);
        }
        Ok(Reply::HostConnection(HostConnectionReply { results: results.into_iter().collect() }))
    }

    /// The code for one target, and whether a new invitation is open. A merged invitation counts as
    /// accepted, not as open.
    fn request_one(
        &mut self,
        step: &mut Step,
        params: &RequestHostConnection,
        target: &LiveId,
    ) -> (CoHostCode, bool) {
        let from = &params.live_id;
        if self.has_invited(target, from) && !self.are_connected(from, target) {
            return (self.merge_invitations(step, target, from), false);
        }
        let code = self.code_for(from, target);
        if code == CoHostCode::Ok {
            self.open_host_invitation(step, self.new_invitation(params, target));
        }
        (code, code == CoHostCode::Ok)
    }

    /// Merges mutual invitations: the older one, sent by `older`, counts as accepted.
    fn merge_invitations(&mut self, step: &mut Step, older: &LiveId, newer: &LiveId) -> CoHostCode {
        match self.connect(step, older, newer) {
            Ok(()) => CoHostCode::Ok,
            Err(refusal) if refusal.code == ErrorCode::ConnectionOrBattleLimitExceeded => CoHostCode::Full,
            Err(_) => CoHostCode::ConnectingOtherRoom,
        }
    }

    fn code_for(&self, from: &LiveId, target: &LiveId) -> CoHostCode {
        let Some(other) = self.lives.get(target).filter(|_| from != target) else {
            return CoHostCode::RoomNotExist;
        };
        if self.are_connected(from, target) || self.has_invited(from, target) {
            return CoHostCode::Connecting;
        }
        if other.connection.is_some() {
            return CoHostCode::ConnectingOtherRoom;
        }
        if !other.info.is_owner_online || other.applicants.len() >= limits::MAX_APPLICANTS_PER_LIVE {
            return CoHostCode::Retry;
        }
        let connected_count = self.lives_hearing(from).len();
        let invited_count = self.known_live(from).invitees.len();
        if connected_count + invited_count >= limits::MAX_LIVES_PER_CONNECTION {
            return CoHostCode::Full;
        }
        CoHostCode::Ok
    }

    fn new_invitation(&self, params: &RequestHostConnection, target: &LiveId) -> CoHostInvitation {
        CoHostInvitation {
            from: self.co_host_live(&params.live_id, self.now),
            to: self.co_host_live(target, self.now),
            layout_template: params.layout_template,
            extra_info: params.extra_info.clone(),
            battle: params.battle.clone(),
            created_at: self.now,
            expires_at: self.after(params.timeout_ms),
        }
    }
}
