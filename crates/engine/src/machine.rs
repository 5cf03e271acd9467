//! The engine itself: what it knows, and what each input sets off.

use std::collections::BTreeMap;

use duelcast_log::{Index, Job, Log};
use duelcast_protocol::{DurationMs, EntryId, NodeId, SessionId, Timestamp};
use duelcast_realm::{Command, Realm};

use super::{
    backlog::Backlog,
    behind::{Behind, OverflowCounts},
    client::{ClientSocket, CloseReason},
    input::Input,
    recovery::Recovered,
    rooms::Rooms,
    sessions::Sessions,
    waiting::Waiting,
};

/// When to look again for room in the log.
const BACKLOG_RETRY_MS: DurationMs = 5;

/// What an engine is made of.
pub struct Parts<S> {
    pub recovered: Recovered<S>,
    pub log: Box<dyn Log>,
    /// Gives an id that was never given before: that of an entry or a session.
    pub new_id: Box<dyn FnMut() -> String + Send>,
    /// Names the history that the log holds.
    pub epoch: String,
    pub node: NodeId,
    pub now: Timestamp,
}

/// Owns the realm, the rooms and the sessions. Applies what the log has committed, answers what
/// needs no log, and writes events to the sockets. Each input is done with when the call returns,
/// so a snapshot and the events after it neither overlap nor leave a gap.
///
/// Every call says what time it is: server time, which never falls.
pub struct Engine<S> {
    pub(super) realm: Realm,
    pub(super) applied: Index,
    /// Index of the last entry that a snapshot was taken after.
    pub(super) snapshot_at: Index,
    /// A snapshot was taken and is not stored yet.
    pub(super) is_snapshot_open: bool,
    pub(super) rooms: Rooms<S>,
    pub(super) sessions: Sessions<S>,
    pub(super) waiting: BTreeMap<EntryId, Waiting>,
    pub(super) backlog: Backlog,
    /// Commands of our own that the log refused.
    pub(super) refused: Vec<Command>,
    pub(super) retry_at: Option<Timestamp>,
    pub(super) is_tick_waiting: bool,
    pub(super) behind: Behind,
    /// Time of the last input.
    now: Timestamp,
    new_id: Box<dyn FnMut() -> String + Send>,
    pub(super) epoch: String,
    pub(super) node: NodeId,
    pub(super) is_stopping: bool,
}

impl<S: ClientSocket> Engine<S> {
    #[must_use]
    pub fn new(parts: Parts<S>) -> Self {
        let Recovered { realm, rooms, applied, snapshot_at, projections, is_snapshot_due } = parts.recovered;
        let mut engine = Self {
            realm,
            applied,
            snapshot_at,
            is_snapshot_open: false,
            rooms,
            sessions: Sessions::default(),
            waiting: BTreeMap::new(),
            backlog: Backlog::new(parts.log),
            refused: Vec::new(),
            retry_at: None,
            is_tick_waiting: false,
            behind: Behind::default(),
            now: parts.now,
            new_id: parts.new_id,
            epoch: parts.epoch,
            node: parts.node,
            is_stopping: false,
        };
        for projection in projections {
            engine.backlog.push(Job::Project(Box::new(projection)));
        }
        if is_snapshot_due {
            engine.store_state();
        }
        let node = engine.node.clone();
        engine.append_own(Command::NodeStarted { node });
        engine
    }

    /// Takes an input, and does what is due by now.
    pub fn handle(&mut self, now: Timestamp, input: Input<S>) {
        self.now = now;
        match input {
            Input::Login { socket, id, identity } => self.login(&socket, id, *identity),
            Input::Unlogged { socket, id, request } => self.answer_unlogged(&socket, id, request),
            Input::Action { socket, id, action } => self.submit_action(&socket, id, action),
            Input::Closed(socket) => self.on_closed(socket),
            Input::Service { key_id, action, answer } => self.submit_service(key_id, action, answer),
            Input::Report(report) => self.on_report(report),
            Input::Trim(trim) => self.backlog.push(Job::Trim(trim)),
            Input::Barrier(barrier) => self.backlog.push(Job::Barrier(barrier)),
        }
        self.advance(now);
    }

    /// Does what is due by now.
    pub fn advance(&mut self, now: Timestamp) {
        self.now = now;
        self.backlog.flush();
        if self.is_stopping {
            return;
        }
        if self.retry_at.is_some_and(|at| at <= now) {
            self.retry_refused();
        }
        self.tick_if_due();
        self.flush_volatile(now);
        self.resync_those_behind();
    }

    /// When [`Engine::advance`] has something to do, if nothing else happens.
    #[must_use]
    pub fn next_wake(&self) -> Option<Timestamp> {
        let is_paused = self.is_tick_waiting || self.retry_at.is_some();
        let deadline = self.realm.next_deadline().filter(|_| !is_paused).map(|deadline| deadline.at);
        let backlog = (!self.backlog.is_empty()).then_some(self.now + BACKLOG_RETRY_MS);
        [deadline, backlog, self.retry_at, self.rooms.next_due()].into_iter().flatten().min()
    }

    /// Takes no more commands; those on their way are still answered.
    pub fn stop(&mut self) {
        self.is_stopping = true;
    }

    /// Commands that wait for the log.
    #[must_use]
    pub fn waiting_count(&self) -> usize {
        self.waiting.len()
    }

    /// How often queues of slow sockets overflowed, since the start.
    #[must_use]
    pub fn overflow_counts(&self) -> OverflowCounts {
        self.behind.counts()
    }

    /// Closes every socket, because the server is going down.
    pub fn close_sockets(&self) {
        self.sessions.iter().for_each(|session| session.socket.close(CloseReason::GoingAway));
    }

    /// Server time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now.max(self.realm.now())
    }

    pub(super) fn new_entry_id(&mut self) -> EntryId {
        EntryId::new((self.new_id)()).expect("what was given to make ids makes ids")
    }

    pub(super) fn new_session_id(&mut self) -> SessionId {
        SessionId::new((self.new_id)()).expect("what was given to make ids makes ids")
    }

    fn tick_if_due(&mut self) {
        let is_paused = self.is_tick_waiting || self.retry_at.is_some();
        let Some(deadline) = self.realm.next_deadline().filter(|_| !is_paused) else {
            return;
        };
        if deadline.at <= self.now {
            tracing::debug!(reason = deadline.reason, "a deadline has passed");
            self.is_tick_waiting = true;
            self.append_own(Command::Tick);
        }
    }
}
