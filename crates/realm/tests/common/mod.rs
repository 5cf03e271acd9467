//! A stage for the tests: users by name, each with a live of the same name, and a virtual clock.
#![allow(dead_code, reason = "each test file uses its own part of the stage")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod words;

use duelcast_protocol::{
    Action, BattleId, BattleInfo, CoHostLive, EntryId, ErrorCode, Event, EventFrame, KeyId, LiveId,
    LiveSnapshot, NodeId, PrivateState, SessionId, Timestamp, UserId, UserInfo, rest::WebhookEvent,
};
use duelcast_realm::{Actor, Command, Effect, Entry, Realm, RealmConfig, Reply, ServiceAction};

pub use words::*;

pub struct Stage {
    pub realm: Realm,
    pub now: Timestamp,
    entry_count: u64,
    /// Effects of the last command.
    pub effects: Vec<Effect>,
}

impl Stage {
    /// One live for each of these users.
    pub fn with_lives_of(names: &[&str]) -> Self {
        let mut stage = Self {
            realm: Realm::new(RealmConfig::default()),
            now: 1_000_000,
            entry_count: 0,
            effects: Vec::new(),
        };
        for name in names {
            stage.by(name, create_live(name));
        }
        stage
    }

    /// All of these are in one connection; the first has invited the others.
    pub fn with_connected(names: &[&str]) -> Self {
        let mut stage = Self::with_lives_of(names);
        for guest in &names[1..] {
            stage.by(names[0], invite_host(names[0], &[guest]));
            stage.by(guest, accept_host(guest, names[0]));
        }
        stage
    }

    pub fn apply(&mut self, command: Command) -> Result<Reply, ErrorCode> {
        self.entry_count += 1;
        let id = EntryId::new(format!("e{}", self.entry_count)).unwrap();
        let outcome = self.realm.apply(Entry { id, at: self.now, command });
        self.effects = outcome.effects;
        outcome.reply.map_err(|refusal| refusal.code)
    }

    pub fn try_by(&mut self, name: &str, action: impl Into<Action>) -> Result<Reply, ErrorCode> {
        self.apply(Command::User { by: actor(name), action: action.into() })
    }

    /// The reply of a request that must succeed.
    #[track_caller]
    pub fn by(&mut self, name: &str, action: impl Into<Action>) -> Reply {
        self.try_by(name, action).unwrap_or_else(|code| panic!("{name} is refused: {code:?}"))
    }

    #[track_caller]
    pub fn refused(&mut self, name: &str, action: impl Into<Action>) -> ErrorCode {
        let before = self.realm.clone();
        let code = self.try_by(name, action).expect_err("it is refused");
        assert_eq!(before, self.realm, "a refusal leaves no trace");
        assert!(self.effects.is_empty(), "a refusal has no effects");
        code
    }

    pub fn service(&mut self, action: ServiceAction) -> Result<Reply, ErrorCode> {
        self.apply(Command::Service { key_id: KeyId::new("billing").unwrap(), action })
    }

    /// Advances the clock with a `Tick`.
    pub fn wait(&mut self, span_ms: u64) {
        self.now += span_ms;
        self.apply(Command::Tick).unwrap();
    }

    pub fn goes_offline(&mut self, name: &str) {
        let Actor { user, session, .. } = actor(name);
        self.apply(Command::SessionClosed { user, session }).unwrap();
    }

    /// Logs in with a new session, on another node.
    pub fn comes_back(&mut self, name: &str) {
        let session = SessionId::new(format!("{name}-2")).unwrap();
        let node = NodeId::new("node-2").unwrap();
        self.apply(Command::SessionOpened { user: actor(name).user, session, node }).unwrap();
    }

    /// Public events in this live from the last command.
    pub fn public(&self, name: &str) -> Vec<Event> {
        let frames = self
            .effects
            .iter()
            .filter_map(|effect| public_frame(effect).filter(|it| it.live_id == live(name)));
        frames.map(|frame| frame.event.clone()).collect()
    }

    /// Private events to this user from the last command.
    pub fn private(&self, name: &str) -> Vec<Event> {
        let frames = self.effects.iter().filter_map(|effect| private_frame(effect, &user_id(name)));
        frames.map(|frame| frame.event.clone()).collect()
    }

    pub fn webhook_events(&self) -> Vec<WebhookEvent> {
        self.effects.iter().filter_map(webhook_event).collect()
    }

    /// The snapshot that the owner sees.
    #[track_caller]
    pub fn room(&self, name: &str) -> LiveSnapshot {
        self.realm.live_snapshot(&live(name), Some(&user_id(name))).expect("the live is on")
    }

    pub fn sees(&self, name: &str, room: &str) -> PrivateState {
        self.realm.private_state(&live(room), &user_id(name))
    }

    /// Names of the connected lives, in order of joining.
    pub fn connected(&self, name: &str) -> Vec<String> {
        let name_of = |live: CoHostLive| live.live_id.to_string();
        self.room(name).co_host.connected.into_iter().map(name_of).collect()
    }

    /// The battle that this live shows.
    #[track_caller]
    pub fn battle(&self, name: &str) -> BattleInfo {
        self.room(name).battle.expect("there is a battle to see")
    }

    #[track_caller]
    pub fn battle_id(&self, name: &str) -> BattleId {
        self.battle(name).battle_id
    }

    /// Index and name of each taken seat of this live.
    pub fn seated(&self, name: &str) -> Vec<(u16, String)> {
        let own = self.room(name).seats.into_iter().filter(|seat| seat.live_id == live(name));
        own.filter_map(|seat| seat.user.map(|user| (seat.index, user.user.user_id.to_string()))).collect()
    }
}

fn public_frame(effect: &Effect) -> Option<&EventFrame> {
    if let Effect::Public(frame) = effect { Some(frame) } else { None }
}

fn private_frame<'a>(effect: &'a Effect, user: &UserId) -> Option<&'a EventFrame> {
    if let Effect::Private { to, frame } = effect { to.contains(user).then_some(frame) } else { None }
}

fn webhook_event(effect: &Effect) -> Option<WebhookEvent> {
    if let Effect::WebhookEvent(event) = effect { Some(event.clone()) } else { None }
}

pub fn user_id(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

pub fn live(name: &str) -> LiveId {
    LiveId::new(name).unwrap()
}

pub fn actor(name: &str) -> Actor {
    Actor {
        user: UserInfo::sample(name),
        session: SessionId::new(format!("{name}-1")).unwrap(),
        node: NodeId::new("node-1").unwrap(),
        can_create_live: true,
    }
}
