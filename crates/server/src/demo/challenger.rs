//! A streamer with a rival: invites, battles, asks for another round, and parts for a while.

use std::time::Duration;

use duelcast_protocol::{
    Action, BattleConfig, DurationMs, ExitHostConnection, Request, RequestBattle, RequestHostConnection,
    limits,
};
use tokio::time::Instant;

use super::{pace, persona, persona::Rivalry, room::Room};

const LEAST_BATTLE_S: DurationMs = 60;
const MOST_BATTLE_S: DurationMs = 120;
const PENALTY_MS: DurationMs = 10_000;
const LEAST_BREATH_MS: u64 = 5_000;
const MOST_BREATH_MS: u64 = 12_000;
/// A layout of two rooms, see `LayoutTemplate`.
const LAYOUT: u32 = 1;

#[derive(Debug)]
pub struct Challenger {
    rivalry: Rivalry,
    /// Battles since the two met.
    fought: u32,
    /// When to act, if nothing comes between.
    acts_at: Option<Instant>,
}

impl Challenger {
    pub fn new(rivalry: Rivalry, now: Instant) -> Self {
        let first = now + Duration::from_millis(rivalry.first_pause_ms);
        Self { rivalry, fought: 0, acts_at: Some(first) }
    }

    /// The next step, if it is time for one.
    pub fn deed(&mut self, room: &Room, now: Instant) -> Option<Request> {
        if is_busy(room) {
            self.acts_at = None;
            return None;
        }
        let with_rival = room.is_connected_with(&persona::live_id(self.rivalry.rival));
        if room.is_connected() && !with_rival {
            return None;
        }
        let at = *self.acts_at.get_or_insert_with(|| now + pause(&self.rivalry, with_rival));
        if now < at {
            return None;
        }
        self.acts_at = None;
        Some(Request::Action(if with_rival { self.go_on(room) } else { self.invite(room) }))
    }

    fn invite(&mut self, room: &Room) -> Action {
        self.fought = 1;
        Action::RequestHostConnection(RequestHostConnection {
            live_id: room.live_id().clone(),
            target_hosts: vec![persona::live_id(self.rivalry.rival)],
            layout_template: LAYOUT,
            timeout_ms: limits::UI_INVITATION_TIMEOUT_MS,
            extra_info: String::new(),
            battle: Some(battle()),
        })
    }

    fn go_on(&mut self, room: &Room) -> Action {
        let live_id = room.live_id().clone();
        if self.rivalry.battles.is_some_and(|most| self.fought >= most) {
            return Action::ExitHostConnection(ExitHostConnection { live_id });
        }
        self.fought = self.fought.saturating_add(1);
        Action::RequestBattle(RequestBattle {
            live_id,
            user_id_list: vec![persona::user_id(self.rivalry.rival)],
            config: battle(),
            timeout_ms: limits::UI_INVITATION_TIMEOUT_MS,
        })
    }
}

/// Whether something is going on that another step would disturb.
fn is_busy(room: &Room) -> bool {
    let private = &room.state.private;
    room.is_battle_on() || !private.invitees.is_empty() || private.battle_request_sent.is_some()
}

fn pause(rivalry: &Rivalry, with_rival: bool) -> Duration {
    if with_rival {
        pace::between(LEAST_BREATH_MS, MOST_BREATH_MS)
    } else {
        pace::between(rivalry.pause_ms, rivalry.pause_ms * 3 / 2)
    }
}

fn battle() -> BattleConfig {
    BattleConfig {
        duration_ms: fastrand::u64(LEAST_BATTLE_S..=MOST_BATTLE_S) * 1_000,
        penalty_ms: PENALTY_MS,
        ..BattleConfig::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::fixture;

    const RIVALRY: Rivalry =
        Rivalry { rival: "bob", first_pause_ms: 1_000, pause_ms: 10_000, battles: Some(2) };

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn the_invitation_brings_the_first_battle_along() {
        let (start, room) = (Instant::now(), fixture::room("ann"));
        let mut ann = Challenger::new(RIVALRY, start);
        assert_eq!(ann.deed(&room, start), None);
        let deed = ann.deed(&room, after(start, 1));
        let Some(Request::Action(Action::RequestHostConnection(invitation))) = deed else {
            panic!("{deed:?}")
        };
        assert_eq!(invitation.target_hosts, [persona::live_id("bob")]);
        assert!(invitation.battle.is_some());
    }

    #[test]
    fn after_a_battle_comes_a_rematch_and_then_a_parting() {
        let (start, room) = (Instant::now(), fixture::room("ann"));
        let mut ann = Challenger::new(RIVALRY, start);
        ann.deed(&room, after(start, 1));
        let room = fixture::connected_room("ann", "bob");
        assert_eq!(ann.deed(&room, after(start, 2)), None);
        let rematch = ann.deed(&room, after(start, 20));
        assert!(matches!(rematch, Some(Request::Action(Action::RequestBattle(_)))), "{rematch:?}");
        assert_eq!(ann.deed(&room, after(start, 21)), None);
        let parting = ann.deed(&room, after(start, 40));
        assert!(matches!(parting, Some(Request::Action(Action::ExitHostConnection(_)))), "{parting:?}");
    }

    #[test]
    fn an_open_invitation_is_waited_for() {
        let (start, mut room) = (Instant::now(), fixture::room("ann"));
        let mut ann = Challenger::new(RIVALRY, start);
        room.state.private.invitees.push(fixture::invitation("ann", "bob"));
        assert_eq!(ann.deed(&room, after(start, 60)), None);
    }

    #[test]
    fn a_guest_is_not_left_alone_for_the_rival() {
        let (start, room) = (Instant::now(), fixture::connected_room("ann", "eve"));
        let mut ann = Challenger::new(RIVALRY, start);
        assert_eq!(ann.deed(&room, after(start, 60)), None);
    }
}
