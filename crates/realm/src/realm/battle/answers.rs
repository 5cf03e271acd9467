//! Answers to a battle request, and the decision that follows from them.

use duelcast_protocol::{
    AcceptBattle, BattleAnswer, BattleId, BattleRequest, BattleRequestEndReason, CancelBattleRequest,
    ErrorCode, Event, LiveId, RejectBattle, RejectReason, Rejection, StartWhen, UserId,
};

use super::requests::waiting_invitee;
use crate::{
    Actor, Realm,
    battle::Battle,
    deadlines::Due,
    outcome::{Answer, DONE},
    step::Step,
};

/// The decision on a battle request.
enum Verdict {
    Wait,
    Start,
    End(BattleRequestEndReason),
}

impl Realm {
    pub(crate) fn accept_battle(&mut self, step: &mut Step, by: &Actor, params: &AcceptBattle) -> Answer {
        self.own_live(&params.live_id, by)?;
        self.received_request(&params.battle_id, &params.live_id)?;
        self.accept_battle_request(step, &params.battle_id, &params.live_id);
        DONE
    }

    pub(crate) fn reject_battle(&mut self, step: &mut Step, by: &Actor, params: &RejectBattle) -> Answer {
        self.own_live(&params.live_id, by)?;
        self.received_request(&params.battle_id, &params.live_id)?;
        self.refuse_battle_request(step, &params.battle_id, &params.live_id, params.reason);
        self.settle_battle_request(step, &params.battle_id);
        DONE
    }

    fn received_request(&self, id: &BattleId, live_id: &LiveId) -> Result<&BattleRequest, Rejection> {
        let request =
            self.battle_requests.get(id).filter(|request| waiting_invitee(request, live_id).is_some());
        request.ok_or_else(|| ErrorCode::BattleNotExistOrEnded.into())
    }

    pub(super) fn accept_battle_request(&mut self, step: &mut Step, id: &BattleId, live_id: &LiveId) {
        let user_id = self.known_live(live_id).info.owner.user_id.clone();
        self.answer_battle_request(id, &user_id, BattleAnswer::Accepted);
        self.tell_request(step, id, &Event::OnBattleRequestAccepted { battle_id: id.clone(), user_id });
        self.settle_battle_request(step, id);
    }

    fn refuse_battle_request(
        &mut self,
        step: &mut Step,
        id: &BattleId,
        live_id: &LiveId,
        reason: RejectReason,
    ) {
        let user_id = self.known_live(live_id).info.owner.user_id.clone();
        self.answer_battle_request(id, &user_id, BattleAnswer::Rejected);
        self.tell_request(
            step,
            id,
            &Event::OnBattleRequestRejected { battle_id: id.clone(), user_id, reason },
        );
    }

    pub(crate) fn cancel_battle_request(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: CancelBattleRequest,
    ) -> Answer {
        let id = &params.battle_id;
        self.own_live(&params.live_id, by)?;
        let request = self.sent_request(id, &params.live_id)?;
        let waiting = waiting_users(request);
        let (user_ids, is_whole) = match params.user_id_list {
            None => (waiting, true),
            Some(wanted) => (waiting.into_iter().filter(|user_id| wanted.contains(user_id)).collect(), false),
        };
        for user_id in &user_ids {
            self.answer_battle_request(id, user_id, BattleAnswer::Cancelled);
        }
        if !user_ids.is_empty() {
            self.tell_request(step, id, &Event::OnBattleRequestCancelled { battle_id: id.clone(), user_ids });
        }
        if is_whole {
            self.end_battle_request(step, id, BattleRequestEndReason::Cancelled);
        } else {
            self.settle_battle_request(step, id);
        }
        DONE
    }

    fn sent_request(&self, id: &BattleId, live_id: &LiveId) -> Result<&BattleRequest, Rejection> {
        if self.battles.get(id).is_some_and(Battle::is_on) {
            return Err(ErrorCode::CannotCancelRunningBattle.into());
        }
        let request = self.battle_requests.get(id).filter(|request| request.inviter_live_id == *live_id);
        request.ok_or_else(|| ErrorCode::BattleNotExistOrEnded.into())
    }

    pub(crate) fn expire_battle_request(&mut self, step: &mut Step, id: &BattleId) {
        let Some(request) = self.battle_requests.get(id) else {
            return;
        };
        for user_id in waiting_users(request) {
            self.answer_battle_request(id, &user_id, BattleAnswer::TimedOut);
            self.tell_request(step, id, &Event::OnBattleRequestTimeout { battle_id: id.clone(), user_id });
        }
        self.settle_battle_request(step, id);
    }

    /// Ends the requests of a live that leaves its connection.
    pub(crate) fn leave_battle_requests(&mut self, step: &mut Step, live_id: &LiveId) {
        if let Some(id) = self.known_live(live_id).battle_request_sent.clone() {
            self.end_battle_request(step, &id, BattleRequestEndReason::ConnectionEnded);
        }
        for id in self.known_live(live_id).battle_requests_received.clone() {
            self.refuse_battle_request(step, &id, live_id, RejectReason::Busy);
            self.known_live_mut(live_id).battle_requests_received.retain(|received| *received != id);
            let reason = BattleRequestEndReason::ConnectionEnded;
            self.tell_owner(step, live_id, Event::OnBattleRequestEnded { battle_id: id.clone(), reason });
            self.settle_battle_request(step, &id);
        }
    }

    /// Ends all requests of a connection except the one that starts its battle.
    pub(super) fn supersede_battle_requests(&mut self, step: &mut Step, lives: &[LiveId], except: &BattleId) {
        for live_id in lives {
            let sent = self.known_live(live_id).battle_request_sent.clone().filter(|id| id != except);
            if let Some(id) = sent {
                self.end_battle_request(step, &id, BattleRequestEndReason::Superseded);
            }
        }
    }

    fn answer_battle_request(&mut self, id: &BattleId, user_id: &UserId, answer: BattleAnswer) {
        if let Some(request) = self.battle_requests.get_mut(id) {
            request.answer(user_id, answer);
        }
    }

    fn settle_battle_request(&mut self, step: &mut Step, id: &BattleId) {
        let Some(request) = self.battle_requests.get(id) else {
            return;
        };
        match verdict(request) {
            Verdict::Wait => {}
            Verdict::End(reason) => self.end_battle_request(step, id, reason),
            Verdict::Start => {
                let BattleRequest { invitees, inviter_live_id: inviter, config, .. } = request.clone();
                let accepted =
                    invitees.into_iter().filter(|invitee| invitee.answer == BattleAnswer::Accepted);
                let mut sides: Vec<LiveId> = accepted.map(|invitee| invitee.live_id).collect();
                sides.push(inviter.clone());
                self.close_battle_request(id);
                self.start_battle(step, id.clone(), &inviter, &sides, config);
            }
        }
    }

    fn end_battle_request(&mut self, step: &mut Step, id: &BattleId, reason: BattleRequestEndReason) {
        self.tell_request(step, id, &Event::OnBattleRequestEnded { battle_id: id.clone(), reason });
        self.close_battle_request(id);
    }

    fn close_battle_request(&mut self, id: &BattleId) {
        let Some(request) = self.battle_requests.remove(id) else {
            return;
        };
        self.deadlines.cancel(request.expires_at, Due::BattleRequest { battle_id: id.clone() });
        if let Some(live) = self.lives.get_mut(&request.inviter_live_id) {
            live.battle_request_sent.take_if(|sent| sent == id);
        }
        for invitee in &request.invitees {
            if let Some(live) = self.lives.get_mut(&invitee.live_id) {
                live.battle_requests_received.retain(|received| received != id);
            }
        }
    }

    /// Sends a private event to the inviter and to the invitees that have not left the request.
    fn tell_request(&self, step: &mut Step, id: &BattleId, event: &Event) {
        let Some(request) = self.battle_requests.get(id) else {
            return;
        };
        self.tell_owner(step, &request.inviter_live_id, event.clone());
        for invitee in &request.invitees {
            let live = self.lives.get(&invitee.live_id);
            if live.is_some_and(|live| live.battle_requests_received.contains(id)) {
                self.tell_owner(step, &invitee.live_id, event.clone());
            }
        }
    }
}

fn waiting_users(request: &BattleRequest) -> Vec<UserId> {
    let waiting = request.invitees.iter().filter(|invitee| invitee.answer == BattleAnswer::Waiting);
    waiting.map(|invitee| invitee.user.user_id.clone()).collect()
}

fn verdict(request: &BattleRequest) -> Verdict {
    let has = |answer| request.invitees.iter().any(|invitee| invitee.answer == answer);
    let refusal = if has(BattleAnswer::Rejected) {
        Some(BattleRequestEndReason::Rejected)
    } else if has(BattleAnswer::TimedOut) {
        Some(BattleRequestEndReason::TimedOut)
    } else {
        None
    };
    match (request.config.start_when, refusal) {
        (StartWhen::All, Some(reason)) => Verdict::End(reason),
        (StartWhen::All | StartWhen::Any, _) if has(BattleAnswer::Waiting) => Verdict::Wait,
        (StartWhen::All | StartWhen::Any, _) if has(BattleAnswer::Accepted) => Verdict::Start,
        (StartWhen::All | StartWhen::Any, reason) => {
            Verdict::End(reason.unwrap_or(BattleRequestEndReason::Cancelled))
        }
    }
}
