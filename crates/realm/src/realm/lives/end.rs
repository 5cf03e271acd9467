//! The end of a live: first its battle, then its connection, then its open requests and seats.

use duelcast_protocol::{
    BattleExitReason, CoHostLeaveReason, EndLive, Event, LiveEndReason, LiveId, LiveSummary,
    rest::WebhookEvent,
};

use crate::{Actor, Realm, Reply, outcome::Answer, step::Step};

impl Realm {
    pub(crate) fn end_own_live(&mut self, step: &mut Step, by: &Actor, params: &EndLive) -> Answer {
        self.own_live(&params.live_id, by)?;
        Ok(Reply::LiveEnded(self.end_live(step, &params.live_id, LiveEndReason::EndedByOwner)))
    }

    pub(crate) fn expire_owner(&mut self, step: &mut Step, live_id: &LiveId) {
        self.end_live(step, live_id, LiveEndReason::OwnerGone);
    }

    pub(crate) fn end_live(
        &mut self,
        step: &mut Step,
        live_id: &LiveId,
        reason: LiveEndReason,
    ) -> LiveSummary {
        self.leave_battle(step, live_id, BattleExitReason::LiveEnded);
        self.leave_connection(step, live_id, CoHostLeaveReason::LiveEnded);
        self.cancel_host_invitations(step, live_id);
        self.cancel_received_host_invitations(step, live_id);
        self.close_seat_requests(step, live_id);
        self.free_all_seats(step, live_id);
        self.cancel_owner_grace(live_id);

        let live = self.known_live(live_id);
        let summary = LiveSummary { duration_ms: self.now - live.info.created_at, ..live.summary };
        self.publish(step, live_id, Event::OnLiveEnded { reason, summary });
        self.stop_showing_battle(live_id);
        let live = self.lives.remove(live_id).expect("it was there above");
        step.may_lack_stake.insert(live.info.owner.user_id.clone());
        step.webhook_event(WebhookEvent::LiveEnded { live: live.info, reason, summary });
        summary
    }
}
