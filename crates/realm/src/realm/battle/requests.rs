//! Battle requests: the choice of invitees, and the start with or without their consent.

use std::collections::BTreeMap;

use duelcast_protocol::{
    BattleAnswer, BattleCode, BattleId, BattleInvitee, BattleReply, BattleRequest, ErrorCode, Event, LiveId,
    Rejection, RequestBattle, UserId, rest::WebhookEvent,
};

use crate::{Actor, Realm, Reply, deadlines::Due, outcome::Answer, step::Step};

impl Realm {
    pub(crate) fn request_battle(&mut self, step: &mut Step, by: &Actor, params: RequestBattle) -> Answer {
        self.check_battle_request(by, &params)?;
        if let Some(battle_id) = self.request_from_any_of(&params) {
            return Ok(self.merge_battle_request(step, by, &params, &battle_id));
        }
        if self.has_battle_on(&params.live_id) || self.is_in_battle(&params.live_id) {
            return Err(ErrorCode::InOtherBattle.into());
        }
        if self.live(&params.live_id)?.battle_request_sent.is_some() {
            return Err(ErrorCode::PendingBattleRequest.into());
        }
        let (results, invited) = self.battle_codes(&params);
        if invited.is_empty() {
            return Err(ErrorCode::NoValidRoom.into());
        }
        let battle_id = step.battle_id();
        if params.config.need_response {
            self.open_battle_request(step, &battle_id, &params, invited);
        } else {
            let mut sides = invited;
            sides.push(params.live_id.clone());
            self.start_battle(step, battle_id.clone(), &params.live_id, &sides, params.config);
        }
        Ok(self.battle_reply(battle_id, results))
    }

    fn check_battle_request(&self, by: &Actor, params: &RequestBattle) -> Result<(), Rejection> {
        let live = self.own_live(&params.live_id, by)?;
        if live.connection.is_none() {
            return Err(ErrorCode::ConnectionNotExist.into());
        }
        Ok(())
    }

    /// One code for each user, and the lives that are invited.
    fn battle_codes(&self, params: &RequestBattle) -> (BTreeMap<UserId, BattleCode>, Vec<LiveId>) {
        let mut results = BTreeMap::new();
        let mut invited = Vec::new();
        for user_id in &params.user_id_list {
            if results.contains_key(user_id) {
                continue;
            }
            let code = match self.connected_live_of(&params.live_id, user_id) {
                None => BattleCode::RoomNotInConnection,
                Some(live_id) if self.is_in_battle(live_id) => BattleCode::InOtherBattle,
                Some(live_id) if self.known_live(live_id).battle_request_sent.is_some() => {
                    BattleCode::PendingRequest
                }
                Some(live_id) => {
                    invited.push(live_id.clone());
                    BattleCode::Ok
                }
            };
            results.insert(user_id.clone(), code);
        }
        (results.into_iter().collect(), invited)
    }

    /// The live of this user, if it is another one in the same connection.
    fn connected_live_of(&self, live_id: &LiveId, user_id: &UserId) -> Option<&LiveId> {
        let other = self.lives.owned_by(user_id)?;
        (other != live_id && self.are_connected(live_id, other)).then_some(other)
    }

    /// The oldest unanswered request that the caller has received from one of the users.
    fn request_from_any_of(&self, params: &RequestBattle) -> Option<BattleId> {
        let received = &self.lives.get(&params.live_id)?.battle_requests_received;
        let is_wanted = |request: &&BattleRequest| {
            let waiting = waiting_invitee(request, &params.live_id).is_some();
            waiting && params.user_id_list.contains(&request.inviter.user_id)
        };
        let mut requests = received.iter().filter_map(|id| self.battle_requests.get(id));
        requests.find(is_wanted).map(|request| request.battle_id.clone())
    }

    /// Merges mutual requests: the older one counts as accepted.
    fn merge_battle_request(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &RequestBattle,
        battle_id: &BattleId,
    ) -> Reply {
        let request = &self.battle_requests[battle_id];
        let invitees = request.invitees.iter().map(|invitee| &invitee.user.user_id);
        let members: Vec<UserId> = invitees.chain([&request.inviter.user_id]).cloned().collect();
        let code = |user_id: &UserId| {
            if members.contains(user_id) && *user_id != by.user.user_id {
                BattleCode::Ok
            } else if self.connected_live_of(&params.live_id, user_id).is_some() {
                BattleCode::PendingRequest
            } else {
                BattleCode::RoomNotInConnection
            }
        };
        let results = params.user_id_list.iter().map(|user_id| (user_id.clone(), code(user_id))).collect();
        self.accept_battle_request(step, battle_id, &params.live_id);
        self.battle_reply(battle_id.clone(), results)
    }

    fn battle_reply(&self, battle_id: BattleId, results: BTreeMap<UserId, BattleCode>) -> Reply {
        let battle_info = self.battle(&battle_id).cloned();
        let request = self.battle_request(&battle_id).cloned();
        Reply::BattleRequested(Box::new(BattleReply { battle_id, battle_info, request, results }))
    }

    fn open_battle_request(
        &mut self,
        step: &mut Step,
        id: &BattleId,
        params: &RequestBattle,
        invited: Vec<LiveId>,
    ) {
        let invitee = |live_id: &LiveId| BattleInvitee {
            live_id: live_id.clone(),
            user: self.known_live(live_id).info.owner.clone(),
            answer: BattleAnswer::Waiting,
        };
        let request = BattleRequest {
            battle_id: id.clone(),
            inviter: self.known_live(&params.live_id).info.owner.clone(),
            inviter_live_id: params.live_id.clone(),
            invitees: invited.iter().map(invitee).collect(),
            config: params.config.clone(),
            created_at: self.now,
            expires_at: self.after(params.timeout_ms),
        };
        self.deadlines.add(request.expires_at, Due::BattleRequest { battle_id: id.clone() });
        self.battle_requests.insert(id.clone(), request.clone());
        self.known_live_mut(&params.live_id).battle_request_sent = Some(id.clone());
        self.tell_owner(step, &params.live_id, Event::OnBattleRequestSent { request: request.clone() });
        for live_id in &invited {
            self.known_live_mut(live_id).battle_requests_received.push(id.clone());
            self.tell_owner(step, live_id, Event::OnBattleRequestReceived { request: request.clone() });
        }
        step.webhook_event(WebhookEvent::BattleRequested { request });
    }
}

/// The invitee with this live, if it has not answered.
pub(super) fn waiting_invitee<'a>(request: &'a BattleRequest, live_id: &LiveId) -> Option<&'a BattleInvitee> {
    let mut invitees = request.invitees.iter();
    invitees.find(|invitee| invitee.live_id == *live_id && invitee.answer == BattleAnswer::Waiting)
}
