//! The composition of all sub-machines. [`Realm::apply`] is the only way to change its state.

mod actions;
mod battle;
mod chat;
mod cohost;
mod emit;
mod form;
mod lives;
mod moderation;
mod presence;
mod scores;
mod seats;
mod view;

use std::collections::BTreeMap;

use duelcast_protocol::{BattleId, BattleRequest, ConnectionId, DurationMs, Timestamp, UserId, limits};
pub use view::ListFilter;

use serde::{Deserialize, Serialize};

use crate::{
    Command, Entry, Outcome,
    bans::Bans,
    battle::Battle,
    checks,
    cohost::Connection,
    deadlines::{Deadline, Deadlines, Due},
    lives::Lives,
    outcome::{Answer, DONE},
    presence::Presence,
    seating::Seating,
    shared_map::SharedMap,
    step::{MAX_ENTRY_ID_BYTES, Step},
};

/// Grace periods for offline users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RealmConfig {
    /// How long an offline user keeps seat, connection and battle, in milliseconds.
    pub grace_ms: DurationMs,
    /// How long a live stays open while its owner is offline, in milliseconds.
    pub owner_gone_ms: DurationMs,
}

impl Default for RealmConfig {
    fn default() -> Self {
        Self { grace_ms: limits::DEFAULT_GRACE_MS, owner_gone_ms: limits::OWNER_GONE_MS }
    }
}

/// The state machine. The same entries give the same serialized bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Realm {
    pub(crate) config: RealmConfig,
    pub(crate) now: Timestamp,
    pub(crate) lives: Lives,
    pub(crate) seating: Seating,
    pub(crate) connections: BTreeMap<ConnectionId, Connection>,
    pub(crate) battle_requests: BTreeMap<BattleId, BattleRequest>,
    pub(crate) battles: SharedMap<BattleId, Battle>,
    pub(crate) presence: BTreeMap<UserId, Presence>,
    pub(crate) deadlines: Deadlines,
    /// Bans from the server.
    #[serde(default)]
    pub(crate) bans: Bans,
}

impl Realm {
    #[must_use]
    pub fn new(config: RealmConfig) -> Self {
        Self {
            config,
            now: 0,
            lives: Lives::default(),
            seating: Seating::default(),
            connections: BTreeMap::new(),
            battle_requests: BTreeMap::new(),
            battles: SharedMap::default(),
            presence: BTreeMap::new(),
            deadlines: Deadlines::default(),
            bans: Bans::default(),
        }
    }

    /// Grace periods for offline users.
    #[must_use]
    pub fn config(&self) -> &RealmConfig {
        &self.config
    }

    /// Sets the grace periods. They are not part of the log: write a snapshot before the next entry
    /// is applied.
    pub fn set_config(&mut self, config: RealmConfig) {
        self.config = config;
    }

    /// Fires all deadlines up to the entry's time, each at its own time, then executes the command.
    /// An entry with an earlier time than the last one is applied at the time of the last one.
    pub fn apply(&mut self, entry: Entry) -> Outcome {
        let at = entry.at.max(self.now);
        let has_usable_id = entry.id.as_str().len() <= MAX_ENTRY_ID_BYTES;
        let mut step = Step::new(entry.id);
        self.fire_deadlines(&mut step, at);
        let reply = if has_usable_id {
            self.carry_out(&mut step, entry.command)
        } else {
            Err(checks::invalid(format!("An entry id has at most {MAX_ENTRY_ID_BYTES} bytes.")))
        };
        self.drop_presence_without_stake(&mut step);
        self.fire_deadlines(&mut step, at);
        Outcome { reply, effects: step.effects }
    }

    /// Time of the last applied entry, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The next deadline. The server appends a `Tick` at its time if no other entry comes before.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Deadline> {
        self.deadlines.next()
    }

    fn fire_deadlines(&mut self, step: &mut Step, until: Timestamp) {
        while let Some((at, due)) = self.deadlines.pop(until) {
            self.now = at.max(self.now);
            self.fire(step, due);
            self.drop_presence_without_stake(step);
        }
        self.now = until;
    }

    fn fire(&mut self, step: &mut Step, due: Due) {
        match due {
            Due::SeatApplication { live_id, user_id } => {
                self.expire_seat_application(step, &live_id, &user_id)
            }
            Due::SeatInvitation { live_id, user_id } => self.expire_seat_invitation(step, &live_id, &user_id),
            Due::CoHostInvitation { from, to } => self.expire_host_invitation(step, &from, &to),
            Due::BattleRequest { battle_id } => self.expire_battle_request(step, &battle_id),
            Due::BattlePhase { battle_id } => self.advance_battle(step, &battle_id),
            Due::Grace { user_id } => self.expire_grace(step, &user_id),
            Due::OwnerGone { live_id } => self.expire_owner(step, &live_id),
            Due::ForgetBattle { battle_id } => self.expire_battle(&battle_id),
        }
    }

    fn carry_out(&mut self, step: &mut Step, command: Command) -> Answer {
        match command {
            Command::User { by, action } => {
                checks::user(&by.user)?;
                self.check_not_banned_from_server(&by.user.user_id)?;
                self.mark_online(step, &by);
                self.act(step, &by, action)
            }
            Command::Service { key_id, action } => self.serve(step, &key_id, action),
            Command::SessionOpened { user, session, node } => {
                self.open_session(step, user, session, node);
                DONE
            }
            Command::SessionClosed { user, session } => {
                self.close_session(step, &user.user_id, &session);
                DONE
            }
            Command::NodeStarted { node } => {
                self.restart_node(step, &node);
                DONE
            }
            Command::Tick => DONE,
        }
    }
}
