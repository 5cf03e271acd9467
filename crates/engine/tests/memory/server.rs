//! An engine, a log that writes at once, and clients that keep what they are sent.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
    sync::mpsc::{Receiver, Sender, channel},
};

use duelcast_engine::{
    ClientSocket, CloseReason, Engine, Identity, Input, Overflowed, Parts, Recovered, SocketId,
};
use duelcast_log::{Indexed, Job, Log, Report};
use duelcast_protocol::{
    Action, CreateLive, DurationMs, JoinLive, LiveId, NodeId, RequestId, SeatMode, Timestamp, Unlogged,
    UserId, UserInfo,
};
use duelcast_realm::{Entry, RealmConfig};
use serde::Serialize;

pub const START: Timestamp = 1_000_000;

thread_local! {
    static ENCODED: Cell<usize> = const { Cell::new(0) };
}

/// Messages that were encoded on this thread so far.
pub fn encoded() -> usize {
    ENCODED.get()
}

/// A client's end, with room for so many frames until they are read.
#[derive(Debug, Clone)]
pub struct Client {
    id: SocketId,
    room: usize,
    unread: Rc<RefCell<VecDeque<String>>>,
    closed: Rc<Cell<Option<CloseReason>>>,
}

impl Client {
    /// Everything since the last time, as JSON.
    pub fn read(&self) -> Vec<String> {
        self.unread.take().into()
    }

    pub fn close_reason(&self) -> Option<CloseReason> {
        self.closed.get()
    }
}

impl ClientSocket for Client {
    type Frame = String;

    fn id(&self) -> SocketId {
        self.id
    }

    fn encode(message: &impl Serialize) -> String {
        ENCODED.set(ENCODED.get() + 1);
        serde_json::to_string(message).unwrap()
    }

    fn send(&self, frame: &String) -> Result<(), Overflowed> {
        let mut unread = self.unread.borrow_mut();
        if unread.len() >= self.room {
            unread.clear();
            return Err(Overflowed);
        }
        unread.push_back(frame.clone());
        Ok(())
    }

    fn send_latest(&self, _slot: u64, frame: &String) -> Result<(), Overflowed> {
        self.send(frame)
    }

    fn close(&self, reason: CloseReason) {
        self.closed.set(Some(reason));
    }

    fn logged_in(&self) {}
}

struct MemoryLog(Sender<Job>);

impl Log for MemoryLog {
    fn offer(&self, job: Job) -> Result<(), Job> {
        self.0.send(job).map_err(|error| error.0)
    }
}

pub struct Server {
    pub engine: Engine<Client>,
    pub now: Timestamp,
    jobs: Receiver<Job>,
    next_index: u64,
    next_client: u64,
    next_request: u64,
}

impl Server {
    pub fn start() -> Self {
        let (sender, jobs) = channel();
        let mut ids = 0_u64;
        let new_id = move || {
            ids += 1;
            format!("id-{ids}")
        };
        let engine = Engine::new(Parts {
            recovered: Recovered::empty(&RealmConfig::default()),
            log: Box::new(MemoryLog(sender)),
            new_id: Box::new(new_id),
            epoch: "epoch".to_owned(),
            node: NodeId::new("node").unwrap(),
            now: START,
        });
        let mut server = Self { engine, now: START, jobs, next_index: 1, next_client: 1, next_request: 1 };
        server.commit();
        server
    }

    /// A user logs in, on a socket with room for so many frames.
    pub fn login(&mut self, user: &str, room: usize) -> Client {
        self.login_with(user, room, true)
    }

    pub fn login_with(&mut self, user: &str, room: usize, can_create_live: bool) -> Client {
        let id = SocketId(self.next_client);
        self.next_client += 1;
        let socket = Client { id, room, unread: Rc::default(), closed: Rc::default() };
        let user = UserInfo {
            user_id: UserId::new(user).unwrap(),
            user_name: user.to_owned(),
            avatar_url: String::new(),
        };
        let identity = Box::new(Identity { user, can_create_live });
        let id = self.request_id();
        self.handle(Input::Login { socket: socket.clone(), id, identity });
        socket
    }

    pub fn act(&mut self, client: &Client, action: Action) {
        let id = self.request_id();
        self.handle(Input::Action { socket: client.clone(), id, action });
    }

    pub fn ask(&mut self, client: &Client, request: Unlogged) {
        let id = self.request_id();
        self.handle(Input::Unlogged { socket: client.clone(), id, request });
    }

    pub fn create_live(&mut self, client: &Client, live: &str) {
        let params = CreateLive {
            live_id: Some(live_id(live)),
            live_name: live.to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: true,
            max_seat_count: 4,
            seat_mode: SeatMode::Free,
        };
        self.act(client, Action::CreateLive(params));
    }

    pub fn join(&mut self, client: &Client, live: &str) {
        self.ask(client, Unlogged::JoinLive(JoinLive { live_id: live_id(live), resume: None }));
    }

    pub fn handle(&mut self, input: Input<Client>) {
        self.engine.handle(self.now, input);
        self.commit();
    }

    /// Nothing happens but what the engine asked to be woken for.
    pub fn pass(&mut self, span_ms: DurationMs) {
        let end = self.now + span_ms;
        while let Some(at) = self.engine.next_wake().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.engine.advance(self.now);
            self.commit();
        }
        self.now = end;
        self.engine.advance(end);
        self.commit();
    }

    /// Entries of the log so far.
    pub fn entry_count(&self) -> u64 {
        self.next_index - 1
    }

    pub fn has_live(&self, live: &str) -> bool {
        self.engine.live_card(&live_id(live)).is_ok()
    }

    /// The log writes whatever it was offered.
    fn commit(&mut self) {
        while let Ok(job) = self.jobs.try_recv() {
            if let Job::Append { id, command } = job {
                let entry = Entry { id, at: self.now, command: *command };
                let committed = Indexed { index: self.next_index, entry };
                self.next_index += 1;
                self.engine.handle(self.now, Input::Report(Report::Committed(vec![committed])));
            }
        }
    }

    fn request_id(&mut self) -> RequestId {
        self.next_request += 1;
        RequestId::Number(self.next_request)
    }
}

pub fn live_id(live: &str) -> LiveId {
    LiveId::new(live).unwrap()
}
