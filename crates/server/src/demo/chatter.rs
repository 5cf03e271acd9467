//! Chat: a line now and then that fits what is going on.

use duelcast_protocol::{Action, Request, SendTextMessage};
use tokio::time::Instant;

use super::{
    lines,
    pace::{Alarm, one_of},
    room::Room,
};

/// Whose lines they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Streamer,
    Visitor,
}

#[derive(Debug)]
pub struct Chatter {
    part: Part,
    speaks: Alarm,
    last_line: &'static str,
}

impl Chatter {
    pub fn new(part: Part, now: Instant) -> Self {
        let speaks = match part {
            Part::Streamer => Alarm::every(now, 12_000, 40_000),
            Part::Visitor => Alarm::every(now, 6_000, 45_000),
        };
        Self { part, speaks, last_line: "" }
    }

    /// Something to say, if it is time.
    pub fn deed(&mut self, room: &Room, now: Instant) -> Option<Request> {
        if !self.speaks.rings(now) {
            return None;
        }
        let pool = match (self.part, room.is_battle_on()) {
            (Part::Streamer, true) => lines::STREAMER_IN_BATTLE,
            (Part::Streamer, false) => lines::STREAMER,
            (Part::Visitor, true) => lines::VISITOR_IN_BATTLE,
            (Part::Visitor, false) => lines::VISITOR,
        };
        let line = *one_of(pool);
        if std::mem::replace(&mut self.last_line, line) == line {
            return None;
        }
        let message = SendTextMessage { live_id: room.live_id().clone(), text: line.to_owned() };
        Some(Request::Action(Action::SendTextMessage(message)))
    }
}
