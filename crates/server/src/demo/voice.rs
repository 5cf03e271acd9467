//! Speaking: levels while a bot talks, silence in between.

use duelcast_protocol::{Action, ReportVolume, Request, Unlogged, UnmuteMicrophone, UserId};
use tokio::time::Instant;

use super::{
    pace::{self, Alarm},
    room::Room,
};

#[derive(Debug)]
pub struct Voice {
    user_id: UserId,
    is_quiet: bool,
    is_speaking: bool,
    turns_at: Instant,
    unmutes: Alarm,
}

impl Voice {
    pub fn new(user_id: UserId, is_quiet: bool, now: Instant) -> Self {
        let unmutes = Alarm::every(now, 1_000, 4_000);
        Self { user_id, is_quiet, is_speaking: false, turns_at: now + silence(), unmutes }
    }

    /// What to say, if there is a seat to say it from.
    pub fn deed(&mut self, room: &Room, now: Instant) -> Option<Request> {
        let seat = room.seat_of(&self.user_id)?;
        if self.is_quiet || !seat.allow_open_microphone {
            return None;
        }
        if !seat.is_microphone_open {
            let unmute = UnmuteMicrophone { live_id: room.live_id().clone() };
            return self.unmutes.rings(now).then_some(Request::Action(Action::UnmuteMicrophone(unmute)));
        }
        let level = self.level(now)?;
        let report = ReportVolume { live_id: room.live_id().clone(), level };
        Some(Request::Unlogged(Unlogged::ReportVolume(report)))
    }

    /// The level to report: one while speaking, 0 once at the end, none in silence.
    fn level(&mut self, now: Instant) -> Option<u8> {
        let was_speaking = self.is_speaking;
        if now >= self.turns_at {
            self.is_speaking = !self.is_speaking;
            self.turns_at = now + if self.is_speaking { speech() } else { silence() };
        }
        match (was_speaking, self.is_speaking) {
            (_, true) => Some(fastrand::u8(25..=95)),
            (true, false) => Some(0),
            (false, false) => None,
        }
    }
}

fn speech() -> std::time::Duration {
    pace::between(2_000, 7_000)
}

fn silence() -> std::time::Duration {
    pace::between(3_000, 12_000)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_voice_rises_and_ends_with_one_silence() {
        let start = Instant::now();
        let mut voice = Voice::new(UserId::new("ann").unwrap(), false, start);
        assert_eq!(voice.level(start), None);
        let speaking = start + Duration::from_secs(12);
        assert!(voice.level(speaking).is_some_and(|level| level > 0));
        let silent = speaking + Duration::from_secs(7);
        assert_eq!(voice.level(silent), Some(0));
        assert_eq!(voice.level(silent), None);
    }
}
