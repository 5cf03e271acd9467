//! A simulation: users with a live each, a realm, and the audience.

mod casting;
mod commands;

use std::collections::BTreeMap;

use duelcast_protocol::{BattleId, EntryId, Event, LiveId, NodeId, SessionId, Timestamp, UserId, UserInfo};
use duelcast_realm::{Actor, Command, Effect, Entry, Outcome, Realm, RealmConfig};

use crate::{Move, audience::Audience, promises, promises::Twins};

/// The state of one simulation run.
pub struct Town {
    twins: Twins,
    audience: Audience,
    users: Vec<UserId>,
    lives: Vec<LiveId>,
    /// Known battles and requests, oldest first.
    battles: Vec<BattleId>,
    now: Timestamp,
    entry_count: u64,
    seen: BTreeMap<String, u32>,
}

impl Town {
    /// A simulation with `user_count` users. Each has a live and an open co-host invitation to the
    /// next.
    #[must_use]
    pub fn new(user_count: usize) -> Self {
        let mut town = Self {
            twins: Twins::new(Realm::new(RealmConfig::default())),
            audience: Audience::default(),
            users: (0..user_count).map(|n| UserId::new(format!("user{n}")).expect("short ascii")).collect(),
            lives: (0..user_count).map(|n| LiveId::new(format!("live{n}")).expect("short ascii")).collect(),
            battles: Vec::new(),
            now: 1_000_000,
            entry_count: 0,
            seen: BTreeMap::new(),
        };
        for who in 0..user_count {
            town.apply(town.create_live(who, 0));
            town.apply(town.invite_next(who));
        }
        town
    }

    /// Applies a move and checks all invariants.
    pub fn play(&mut self, step: &Move) {
        self.now += step.after_ms;
        let command = self.command(step);
        self.apply(command);
    }

    fn apply(&mut self, command: Command) {
        self.entry_count += 1;
        let id = EntryId::new(format!("e{}", self.entry_count)).expect("short ascii");
        let entry = Entry { id, at: self.now, command };
        let outcome = self.twins.apply(&entry);
        self.note(&outcome);
        self.audience.watch(&self.twins.realm, &outcome, &self.lives, &self.users);
        promises::check(&self.twins.realm, &self.lives, &self.battles);
    }

    /// The number of events so far, by type.
    #[must_use]
    pub fn seen(&self) -> &BTreeMap<String, u32> {
        &self.seen
    }

    fn note(&mut self, outcome: &Outcome) {
        for effect in &outcome.effects {
            let (Effect::Public(frame) | Effect::Private { frame, .. }) = effect else {
                continue;
            };
            let written = serde_json::to_value(&frame.event).expect("an event can be written");
            *self.seen.entry(written["type"].to_string()).or_default() += 1;
            if let Event::OnBattleRequestSent { request } = &frame.event {
                self.note_battle(&request.battle_id);
            } else if let Event::OnBattleStarted { battle_info } = &frame.event {
                self.note_battle(&battle_info.battle_id);
            }
        }
    }

    fn note_battle(&mut self, id: &BattleId) {
        if !self.battles.contains(id) {
            self.battles.push(id.clone());
        }
    }

    fn realm(&self) -> &Realm {
        &self.twins.realm
    }

    fn user(&self, who: usize) -> UserId {
        self.users[who % self.users.len()].clone()
    }

    fn live(&self, who: usize) -> LiveId {
        self.lives[who % self.lives.len()].clone()
    }

    fn actor(&self, who: usize, session: u16) -> Actor {
        let user = UserInfo::sample(self.user(who).as_str());
        Actor { user, session: session_id(session), node: node_id(session), can_create_live: true }
    }
}

/// One of two session ids; mostly the first.
fn session_id(draw: u16) -> SessionId {
    SessionId::new(if draw % 8 == 7 { "s2" } else { "s1" }).expect("short ascii")
}

fn node_id(draw: u16) -> NodeId {
    NodeId::new(if draw % 8 == 7 { "n2" } else { "n1" }).expect("short ascii")
}
