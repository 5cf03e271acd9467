//! Numbering and fan-out: each live has a stream of its own, and what concerns a live goes to all connected ones too.

use duelcast_protocol::{Event, EventFrame, LiveId, UserId};

use crate::{Effect, Realm, step::Step};

impl Realm {
    /// To everyone in one live.
    pub(crate) fn publish(&mut self, step: &mut Step, live_id: &LiveId, event: Event) {
        let at = self.now;
        let Some(live) = self.lives.get_mut(live_id) else {
            return;
        };
        live.seq += 1;
        step.effects.push(Effect::Public(EventFrame {
            live_id: live_id.clone(),
            seq: Some(live.seq),
            at,
            event,
        }));
    }

    /// To everyone in a live and in those connected with it.
    pub(crate) fn publish_connected(&mut self, step: &mut Step, live_id: &LiveId, event: &Event) {
        for hearing in self.lives_hearing(live_id) {
            self.publish(step, &hearing, event.clone());
        }
    }

    /// To these users only.
    pub(crate) fn tell(&self, step: &mut Step, live_id: &LiveId, to: Vec<UserId>, event: Event) {
        let frame = EventFrame { live_id: live_id.clone(), seq: None, at: self.now, event };
        step.effects.push(Effect::Private { to, frame });
    }

    /// To the owner of a live only.
    pub(crate) fn tell_owner(&self, step: &mut Step, live_id: &LiveId, event: Event) {
        if let Some(live) = self.lives.get(live_id) {
            self.tell(step, live_id, vec![live.info.owner.user_id.clone()], event);
        }
    }
}
