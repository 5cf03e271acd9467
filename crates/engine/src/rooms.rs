//! Which socket watches which live, and what a live has besides the realm: likes, viewers, speaking
//! levels, old events.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use duelcast_protocol::{
    BattleId, BattleScore, DurationMs, EventFrame, LiveId, SideContributors, Timestamp, UserInfo, Volatile,
    limits,
};
use duelcast_realm::Realm;

use super::{
    client::{ClientSocket, SocketId},
    levels::Levels,
    replay::Replay,
};

const FLUSH_INTERVAL_MS: DurationMs = 1_000 / limits::MAX_VOLATILE_PER_SECOND as DurationMs;
/// Viewers come and go in crowds; their count may be this much late.
const VIEWER_DELAY_MS: DurationMs = 500;

/// How a battle stands.
#[derive(Debug)]
pub(super) struct Standing {
    score: BattleScore,
    contributors: Vec<SideContributors>,
}

impl Standing {
    pub(super) fn of(realm: &Realm, battle: &BattleId) -> Option<Self> {
        Some(Self { score: realm.battle_score(battle)?, contributors: realm.battle_contributors(battle)? })
    }
}

/// A live as the engine sees it.
#[derive(Debug)]
pub(super) struct Room<S> {
    pub members: BTreeMap<SocketId, S>,
    pub replay: Replay,
    pub likes: u64,
    pub levels: Levels,
    /// Battle whose score was told last.
    pub battle: Option<BattleId>,
    /// Slot of this room's volatile values in the queues of its sockets.
    pub slot: u64,
    rev: u64,
    /// Viewers who joined since the last volatile message.
    newcomers: VecDeque<UserInfo>,
    flushed: Option<Timestamp>,
    due: Option<Timestamp>,
}

impl<S> Room<S> {
    fn new(slot: u64) -> Self {
        Self {
            members: BTreeMap::new(),
            replay: Replay::default(),
            likes: 0,
            levels: Levels::default(),
            battle: None,
            slot,
            rev: 0,
            newcomers: VecDeque::new(),
            flushed: None,
            due: None,
        }
    }

    pub(super) fn viewer_count(&self) -> u32 {
        u32::try_from(self.members.len()).unwrap_or(u32::MAX)
    }

    /// The newest `rev` that was told.
    pub(super) fn rev(&self) -> u64 {
        self.rev
    }

    /// The next `rev`: at least the time, so that it rises across restarts and nodes.
    fn next_rev(&mut self, now: Timestamp) -> u64 {
        self.rev = now.max(self.rev + 1);
        self.rev
    }

    /// Every volatile value there is, because a later message replaces an earlier one in a slow
    /// reader's queue.
    pub(super) fn volatile(&mut self, live: &LiveId, battle: Option<Standing>, now: Timestamp) -> Volatile {
        self.levels.age(now);
        let rev = self.next_rev(now);
        let (battle_score, battle_contributors) =
            battle.map(|battle| (battle.score, battle.contributors)).unzip();
        Volatile {
            live_id: live.clone(),
            rev,
            battle_score,
            battle_contributors,
            likes: Some(self.likes),
            viewer_count: Some(self.viewer_count()),
            volumes: self.levels.volumes(),
            newcomers: None,
        }
    }

    /// Notes a viewer who joined. Only the newest of them are told of.
    pub(super) fn welcome(&mut self, user: &UserInfo) {
        self.newcomers.push_back(user.clone());
        let surplus = self.newcomers.len().saturating_sub(limits::MAX_NEWCOMERS);
        self.newcomers.drain(..surplus);
    }

    /// Viewers who joined since the last call. Unlike volatile values they are sent once.
    pub(super) fn take_newcomers(&mut self) -> Option<Vec<UserInfo>> {
        let newcomers = std::mem::take(&mut self.newcomers);
        (!newcomers.is_empty()).then(|| newcomers.into())
    }
}

/// All rooms. A room exists from its first use until its live ends.
#[derive(Debug)]
pub(super) struct Rooms<S> {
    rooms: BTreeMap<LiveId, Room<S>>,
    next_slot: u64,
    due: BTreeSet<(Timestamp, LiveId)>,
}

impl<S> Default for Rooms<S> {
    fn default() -> Self {
        Self { rooms: BTreeMap::new(), next_slot: 0, due: BTreeSet::new() }
    }
}

impl<S: ClientSocket> Rooms<S> {
    pub(super) fn get(&self, live: &LiveId) -> Option<&Room<S>> {
        self.rooms.get(live)
    }

    pub(super) fn get_mut(&mut self, live: &LiveId) -> Option<&mut Room<S>> {
        self.rooms.get_mut(live)
    }

    pub(super) fn open(&mut self, live: &LiveId) -> &mut Room<S> {
        let next_slot = &mut self.next_slot;
        self.rooms.entry(live.clone()).or_insert_with(|| {
            *next_slot += 1;
            Room::new(*next_slot)
        })
    }

    /// The live is over.
    pub(super) fn close(&mut self, live: &LiveId) -> Option<Room<S>> {
        let room = self.rooms.remove(live)?;
        if let Some(due) = room.due {
            self.due.remove(&(due, live.clone()));
        }
        Some(room)
    }

    /// Stores a public event for clients that resume.
    pub(super) fn record(&mut self, frame: EventFrame) {
        let live = frame.live_id.clone();
        self.open(&live).replay.push(frame);
    }

    pub(super) fn enter(&mut self, live: &LiveId, socket: &S, now: Timestamp) {
        self.open(live).members.insert(socket.id(), socket.clone());
        self.mark(live, now + VIEWER_DELAY_MS);
    }

    pub(super) fn leave(&mut self, live: &LiveId, socket: SocketId, now: Timestamp) {
        if let Some(room) = self.rooms.get_mut(live) {
            room.members.remove(&socket);
            self.mark(live, now + VIEWER_DELAY_MS);
        }
    }

    /// Schedules a volatile message of the live at this time, or later if the rate demands it.
    pub(super) fn mark(&mut self, live: &LiveId, by: Timestamp) {
        let Some(room) = self.rooms.get_mut(live) else {
            return;
        };
        let earliest = room.flushed.map_or(by, |flushed| by.max(flushed + FLUSH_INTERVAL_MS));
        if let Some(due) = room.due {
            if due <= earliest {
                return;
            }
            self.due.remove(&(due, live.clone()));
        }
        room.due = Some(earliest);
        self.due.insert((earliest, live.clone()));
    }

    /// When the next volatile message is due.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(due, _)| *due)
    }

    /// A live whose volatile values are due.
    pub(super) fn take_due(&mut self, now: Timestamp) -> Option<LiveId> {
        if self.next_due()? > now {
            return None;
        }
        let (_, live) = self.due.pop_first()?;
        let room = self.rooms.get_mut(&live).expect("closing a room takes it off the schedule");
        room.due = None;
        room.flushed = Some(now);
        Some(live)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::IdleSocket;

    const START: Timestamp = 1_000;

    fn live() -> LiveId {
        LiveId::new("live").unwrap()
    }

    #[test]
    fn values_are_told_at_once_and_then_at_the_rate() {
        let mut rooms = Rooms::<IdleSocket>::default();
        rooms.open(&live());
        rooms.mark(&live(), START);
        assert_eq!(rooms.take_due(START), Some(live()));
        rooms.mark(&live(), START);
        assert_eq!(rooms.take_due(START), None);
        assert_eq!(rooms.next_due(), Some(START + FLUSH_INTERVAL_MS));
        assert_eq!(rooms.take_due(START + FLUSH_INTERVAL_MS), Some(live()));
    }

    #[test]
    fn a_score_does_not_wait_for_a_viewer_count() {
        let mut rooms = Rooms::<IdleSocket>::default();
        rooms.open(&live());
        rooms.mark(&live(), START + VIEWER_DELAY_MS);
        rooms.mark(&live(), START);
        assert_eq!(rooms.take_due(START), Some(live()));
        assert_eq!(rooms.next_due(), None);
    }

    #[test]
    fn a_closed_room_is_due_no_more() {
        let mut rooms = Rooms::<IdleSocket>::default();
        rooms.open(&live());
        rooms.mark(&live(), START);
        rooms.close(&live());
        assert_eq!(rooms.next_due(), None);
    }

    #[test]
    fn rev_rises_even_when_time_stands_still() {
        let mut room = Room::<IdleSocket>::new(1);
        assert_eq!((room.next_rev(100), room.next_rev(100), room.next_rev(90)), (100, 101, 102));
    }
}
