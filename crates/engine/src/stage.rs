//! An engine whose log writes when a test says so.

#![allow(clippy::disallowed_types, reason = "a log must be Send, and a test looks into it")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use duelcast_log::{Indexed, Job, Log, Refusal, Report};
use duelcast_protocol::{
    Action, CreateLive, DurationMs, EntryId, KeyId, LiveId, NodeId, RequestId, SeatMode, Timestamp, UserId,
    UserInfo,
};
use duelcast_realm::{Command, Entry, RealmConfig, ServiceAction};
use serde::Serialize;

use super::{
    client::{ClientSocket, CloseReason, Overflowed, SocketId},
    input::{Identity, Input},
    machine::{Engine, Parts},
    recovery::Recovered,
    waiting::ServiceAnswer,
};

const NOW: Timestamp = 1_000;

/// Jobs that were offered and not done.
#[derive(Default, Clone)]
struct Paper(Arc<Mutex<VecDeque<Job>>>);

impl Log for Paper {
    fn offer(&self, job: Job) -> Result<(), Job> {
        self.0.lock().unwrap().push_back(job);
        Ok(())
    }
}

/// A socket whose client reads nothing.
#[derive(Debug, Clone)]
pub(super) struct IdleSocket(SocketId);

impl ClientSocket for IdleSocket {
    type Frame = String;

    fn id(&self) -> SocketId {
        self.0
    }

    fn encode(message: &impl Serialize) -> String {
        serde_json::to_string(message).unwrap()
    }

    fn send(&self, _frame: &String) -> Result<(), Overflowed> {
        Ok(())
    }

    fn send_latest(&self, _slot: u64, frame: &String) -> Result<(), Overflowed> {
        self.send(frame)
    }

    fn close(&self, _reason: CloseReason) {}

    fn logged_in(&self) {}
}

pub(super) struct Stage {
    pub engine: Engine<IdleSocket>,
    now: Timestamp,
    paper: Paper,
    next_index: u64,
    sockets: u64,
}

impl Stage {
    pub(super) fn new() -> Self {
        let paper = Paper::default();
        let mut ids = 0_u64;
        let new_id = move || {
            ids += 1;
            format!("id-{ids}")
        };
        let recovered = Recovered { is_snapshot_due: false, ..Recovered::empty(&RealmConfig::default()) };
        let engine = Engine::new(Parts {
            recovered,
            log: Box::new(paper.clone()),
            new_id: Box::new(new_id),
            epoch: "epoch".to_owned(),
            node: NodeId::new("node").unwrap(),
            now: NOW,
        });
        let mut stage = Self { engine, now: NOW, paper, next_index: 1, sockets: 0 };
        stage.commit_all();
        stage
    }

    pub(super) fn handle(&mut self, input: Input<IdleSocket>) {
        self.engine.handle(self.now, input);
    }

    /// Nothing else happens for this long.
    pub(super) fn pass(&mut self, span_ms: DurationMs) {
        self.now += span_ms;
        self.engine.advance(self.now);
    }

    pub(super) fn login(&mut self, user: &str) -> IdleSocket {
        self.sockets += 1;
        let socket = IdleSocket(SocketId(self.sockets));
        self.login_on(&socket, user);
        socket
    }

    pub(super) fn login_on(&mut self, socket: &IdleSocket, user: &str) {
        let user = UserInfo {
            user_id: UserId::new(user).unwrap(),
            user_name: user.to_owned(),
            avatar_url: String::new(),
        };
        let identity = Box::new(Identity { user, can_create_live: true });
        self.handle(Input::Login { socket: socket.clone(), id: RequestId::Number(1), identity });
    }

    pub(super) fn is_logged_in(&self, user: &str) -> bool {
        self.engine.sessions.of_user(&UserId::new(user).unwrap()).is_some()
    }

    /// A back end bans a user from the server.
    pub(super) fn ban(&mut self, user: &str) {
        let action = ServiceAction::BanUser { user_id: UserId::new(user).unwrap(), duration_ms: None };
        let (key_id, answer) = (KeyId::new("key").unwrap(), ServiceAnswer::new(drop));
        self.handle(Input::Service { key_id, action, answer });
        self.commit_all();
    }

    pub(super) fn close(&mut self, socket: &IdleSocket) {
        self.handle(Input::Closed(socket.id()));
    }

    pub(super) fn create_live(&mut self, socket: &IdleSocket, live: &str) {
        let params = CreateLive {
            live_id: Some(LiveId::new(live).unwrap()),
            live_name: live.to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: true,
            max_seat_count: 4,
            seat_mode: SeatMode::Free,
        };
        let (id, action) = (RequestId::Number(2), Action::CreateLive(params));
        self.handle(Input::Action { socket: socket.clone(), id, action });
    }

    /// The log writes its oldest command, and the engine applies it. False if there is none.
    pub(super) fn commit(&mut self) -> bool {
        let Some((id, command)) = self.next_command() else { return false };
        let entry = Entry { id, at: self.now, command };
        let indexed = Indexed { index: self.next_index, entry };
        self.next_index += 1;
        self.handle(Input::Report(Report::Committed(vec![indexed])));
        true
    }

    pub(super) fn commit_all(&mut self) {
        while self.commit() {}
    }

    /// The log cannot write its oldest command.
    pub(super) fn refuse(&mut self) {
        let (id, _) = self.next_command().expect("a command waits");
        self.handle(Input::Report(Report::Refused { ids: vec![id], reason: Refusal::Unavailable }));
    }

    fn next_command(&mut self) -> Option<(EntryId, Command)> {
        while let Some(job) = self.paper.0.lock().unwrap().pop_front() {
            if let Job::Append { id, command } = job {
                return Some((id, *command));
            }
        }
        None
    }

    pub(super) fn is_owner_online(&self, live: &str) -> bool {
        self.engine.live_card(&LiveId::new(live).unwrap()).unwrap().live.is_owner_online
    }
}
