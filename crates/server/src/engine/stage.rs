//! An engine whose log writes when a test says so.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use duelcast_protocol::{Action, CreateLive, LiveId, NodeId, RequestId, SeatMode, UserId};
use duelcast_realm::{Command, Entry, Realm, RealmConfig};
use tokio::net::{TcpListener, TcpStream};

use super::{Engine, EngineMetrics, Parts, Recovered, rooms::Rooms};
use crate::{
    auth::Claims,
    clock::SystemClock,
    log::{Indexed, Job, Log, Refusal, Report},
    socket::{Socket, SocketLimits},
};

/// Jobs that were offered and not done.
#[derive(Default, Clone)]
struct Paper(Arc<Mutex<VecDeque<Job>>>);

impl Log for Paper {
    fn offer(&self, job: Job) -> Result<(), Job> {
        self.0.lock().unwrap().push_back(job);
        Ok(())
    }
}

pub(super) struct Stage {
    pub engine: Engine,
    paper: Paper,
    next_index: u64,
    /// The other ends of the sockets.
    peers: Vec<TcpStream>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let paper = Paper::default();
        let recovered = Recovered {
            realm: Realm::new(RealmConfig::default()),
            rooms: Rooms::default(),
            applied: 0,
            snapshot_at: 0,
            projections: Vec::new(),
            is_snapshot_due: false,
        };
        let engine = Engine::new(Parts {
            recovered,
            log: Box::new(paper.clone()),
            clock: Arc::new(SystemClock::not_before(0)),
            epoch: "epoch".to_owned(),
            node: NodeId::new("node").unwrap(),
            config: RealmConfig::default(),
            metrics: EngineMetrics::default(),
        });
        let mut stage = Self { engine, paper, next_index: 1, peers: Vec::new() };
        stage.commit_all();
        stage
    }

    pub(super) async fn login(&mut self, user: &str) -> Socket {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.peers.push(TcpStream::connect(listener.local_addr().unwrap()).await.unwrap());
        let (stream, _) = listener.accept().await.unwrap();
        let socket = Socket::new(stream.into(), SocketLimits::default());
        let key = duelcast_protocol::KeyId::new("key").unwrap();
        let claims = Claims::new(&key, UserId::new(user).unwrap(), user, Duration::from_secs(60));
        let claims = Claims { create_live: true, ..claims };
        self.engine.login(&socket, RequestId::Number(1), &claims);
        socket
    }

    pub(super) fn create_live(&mut self, socket: &Socket, live: &str) {
        let params = CreateLive {
            live_id: Some(LiveId::new(live).unwrap()),
            live_name: live.to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: true,
            max_seat_count: 4,
            seat_mode: SeatMode::Free,
        };
        self.engine.submit_action(socket, RequestId::Number(2), Action::CreateLive(params));
    }

    /// The log writes its oldest command, and the engine applies it. False if there is none.
    pub(super) fn commit(&mut self) -> bool {
        let Some((id, command)) = self.next_command() else { return false };
        let entry = Entry { id, at: self.engine.clock.now(), command };
        let indexed = Indexed { index: self.next_index, entry };
        self.next_index += 1;
        self.engine.on_report(Report::Committed(vec![indexed]));
        true
    }

    pub(super) fn commit_all(&mut self) {
        while self.commit() {}
    }

    /// The log cannot write its oldest command.
    pub(super) fn refuse(&mut self) {
        let (id, _) = self.next_command().expect("a command waits");
        self.engine.on_report(Report::Refused { ids: vec![id], reason: Refusal::Unavailable });
    }

    fn next_command(&mut self) -> Option<(duelcast_protocol::EntryId, Command)> {
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
