//! What a bot sees of the live it is in.

use duelcast_protocol::{
    BattlePhase, CoHostStatus, Event, LiveId, LiveSnapshot, Notification, SeatUser, UserId,
};

/// A live, as the snapshot and the events since then tell it.
pub struct Room {
    pub state: LiveSnapshot,
    /// Ended, or not for us any more.
    pub is_over: bool,
}

impl Room {
    pub fn new(state: LiveSnapshot) -> Self {
        Self { state, is_over: false }
    }

    pub fn live_id(&self) -> &LiveId {
        &self.state.live.live_id
    }

    /// Takes in what the server says; what is about another live is not for us.
    pub fn hear(&mut self, notification: Notification) {
        match notification {
            Notification::Event(frame) if frame.live_id == *self.live_id() => {
                self.is_over |=
                    matches!(frame.event, Event::OnLiveEnded { .. } | Event::OnKickedOutOfLive { .. });
                self.state.fold(&frame);
            }
            Notification::Volatile(volatile) if volatile.live_id == *self.live_id() => {
                self.state.fold_volatile(&volatile);
            }
            Notification::Snapshot(state) if state.live.live_id == *self.live_id() => self.state = *state,
            Notification::KickedByOtherSession {} => self.is_over = true,
            Notification::Event(_) | Notification::Volatile(_) | Notification::Snapshot(_) => {}
        }
    }

    /// The user's seat in this live.
    pub fn seat_of(&self, user_id: &UserId) -> Option<&SeatUser> {
        let own = self.state.seats.iter().filter(|seat| seat.live_id == *self.live_id());
        own.filter_map(|seat| seat.user.as_ref()).find(|user| user.user.user_id == *user_id)
    }

    pub fn has_free_seat(&self) -> bool {
        let mut own = self.state.seats.iter().filter(|seat| seat.live_id == *self.live_id());
        own.any(|seat| seat.user.is_none() && !seat.is_locked)
    }

    pub fn is_owner(&self, user_id: &UserId) -> bool {
        self.state.live.owner.user_id == *user_id
    }

    /// Whether gifts count.
    pub fn is_battle_running(&self) -> bool {
        self.state.battle.as_ref().is_some_and(|battle| battle.phase == BattlePhase::Running)
    }

    /// Whether there is a battle in any phase, penalty included.
    pub fn is_battle_on(&self) -> bool {
        self.state.battle.as_ref().is_some_and(|battle| battle.phase != BattlePhase::Ended)
    }

    pub fn is_connected(&self) -> bool {
        self.state.co_host.status == CoHostStatus::Connected
    }

    pub fn is_connected_with(&self, live_id: &LiveId) -> bool {
        self.state.co_host.connected.iter().any(|live| live.live_id == *live_id)
    }
}
