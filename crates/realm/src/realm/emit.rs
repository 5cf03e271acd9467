//! Numbering and fan-out of events. Each live has its own stream with its own sequence numbers.

use duelcast_protocol::{Event, EventFrame, LiveId, UserId};

use crate::{Effect, Realm, step::Step};

impl Realm {
    /// Sends a public event to the audience of one live.
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

    /// Sends a public event to the audience of a live and of the lives connected with it.
    pub(crate) fn publish_connected(&mut self, step: &mut Step, live_id: &LiveId, event: &Event) {
        for hearing in self.lives_hearing(live_id) {
            self.publish(step, &hearing, event.clone());
        }
    }

    /// Sends a private event to these users.
    pub(crate) fn tell(&self, step: &mut Step, live_id: &LiveId, to: Vec<UserId>, event: Event) {
        let frame = EventFrame { live_id: live_id.clone(), seq: None, at: self.now, event };
        step.effects.push(Effect::Private { to, frame });
    }

    /// Sends a private event to the owner of a live.
    pub(crate) fn tell_owner(&self, step: &mut Step, live_id: &LiveId, event: Event) {
        if let Some(live) = self.lives.get(live_id) {
            self.tell(step, live_id, vec![live.info.owner.user_id.clone()], event);
        }
    }
}
