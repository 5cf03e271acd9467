//! The other side of the socket: accepts, reads requests, answers, notifies, hangs up.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use duelcast::{
    signaling::{SocketEnd, SocketFrame, SocketHandle, Status, Transport},
    stores::{Client, ClientConfig},
};
use duelcast_protocol::{
    EventFrame, LiveId, LiveInfo, LiveSnapshot, Notification, RequestId, RpcNotification, RpcResult,
    SeatInfo, UserId, UserInfo,
};
use futures::{FutureExt, StreamExt, channel::mpsc, future::LocalBoxFuture};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

/// Server time when a test starts, far from the clock of the device.
pub const SERVER_TIME: u64 = 5_000_000_000_000;

/// Patience of a test, in steps of 10 ms.
const MAX_STEPS: u32 = 1_500;

type Opened = (mpsc::UnboundedSender<SocketFrame>, mpsc::UnboundedReceiver<String>);

/// Where a client under test connects to.
#[derive(Clone, Default)]
pub struct Server {
    opened: Rc<RefCell<VecDeque<Opened>>>,
}

impl Transport for Server {
    fn open(&self, _url: &str) -> LocalBoxFuture<'static, Option<SocketHandle>> {
        let (to_client, incoming) = mpsc::unbounded();
        let (outgoing, from_client) = mpsc::unbounded();
        self.opened.borrow_mut().push_back((to_client, from_client));
        let socket = SocketHandle {
            incoming: incoming.boxed_local(),
            send: Box::new(move |text| outgoing.unbounded_send(text.to_owned()).is_ok()),
            buffered_bytes: Box::new(|| 0),
        };
        std::future::ready(Some(socket)).boxed_local()
    }
}

impl Server {
    /// A server and a client that is signed in as `me`, connecting.
    pub fn with_client() -> (Self, Client) {
        let server = Self::default();
        let config =
            ClientConfig { transport: Rc::new(server.clone()), ..ClientConfig::at("http://duelcast.test") };
        let client = Client::start(config);
        client.sign_in_with(Rc::new("token".to_owned()));
        (server, client)
    }

    /// As `with_client`, logged in.
    pub async fn with_online_client() -> (Self, Client, Peer) {
        let (server, client) = Self::with_client();
        let peer = server.accept().await;
        (server, client, peer)
    }

    /// The next socket, before its login.
    pub async fn next_socket(&self) -> Peer {
        until("a socket", || !self.opened.borrow().is_empty()).await;
        let (to_client, from_client) = self.opened.borrow_mut().pop_front().unwrap();
        Peer { to_client, from_client }
    }

    /// The next socket, logged in as `me`.
    pub async fn accept(&self) -> Peer {
        let mut peer = self.next_socket().await;
        let login = peer.expect("login").await;
        assert_eq!(login.params, json!({"token": "token"}));
        peer.answer(&login, &login_reply());
        peer
    }
}

pub fn login_reply() -> Value {
    json!({
        "userId": "me", "userName": "Me", "avatarUrl": "", "canCreateLive": true, "serverTime": SERVER_TIME,
        "epoch": "e",
        "limits": {
            "pingIntervalMs": 5000, "silenceTimeoutMs": 12000, "graceMs": 15000, "maxFrameBytes": 16384,
            "maxLivesPerConnection": 9, "maxSeatsPerLive": 50,
        },
    })
}

/// A request of the client.
pub struct Request {
    pub id: Value,
    pub method: String,
    pub params: Value,
}

/// One socket, seen from the server.
pub struct Peer {
    to_client: mpsc::UnboundedSender<SocketFrame>,
    from_client: mpsc::UnboundedReceiver<String>,
}

impl Peer {
    /// The next request that is not a ping; pings are answered.
    pub async fn request(&mut self) -> Request {
        loop {
            let text = self.from_client.next().await.expect("the client holds its socket");
            let mut frame: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(frame["jsonrpc"], "2.0");
            let request = Request {
                id: frame["id"].take(),
                method: frame["method"].as_str().unwrap().to_owned(),
                params: frame["params"].take(),
            };
            if request.method != "ping" {
                return request;
            }
            self.answer(&request, &json!({"serverTime": SERVER_TIME}));
        }
    }

    /// The next request, which must be for this method.
    pub async fn expect(&mut self, method: &str) -> Request {
        let request = self.request().await;
        assert_eq!(request.method, method, "{}", request.params);
        request
    }

    pub fn send(&self, frame: &impl Serialize) {
        let text = serde_json::to_string(frame).unwrap();
        let _ = self.to_client.unbounded_send(SocketFrame::Text(text));
    }

    pub fn answer(&self, request: &Request, result: &impl Serialize) {
        let id = RequestId::Number(request.id.as_u64().unwrap());
        self.send(&RpcResult::new(id, result));
    }

    pub fn reject(&self, request: &Request, code: i32) {
        let error = json!({"code": code, "message": "No.", "data": {"name": "no", "retryable": false}});
        self.send(&json!({"jsonrpc": "2.0", "id": request.id, "error": error}));
    }

    pub fn notify(&self, notification: &Notification) {
        self.send(&RpcNotification::from(notification));
    }

    pub fn event(&self, seq: Option<u64>, event: duelcast_protocol::Event) {
        self.notify(&Notification::Event(EventFrame { live_id: live_id("a"), seq, at: SERVER_TIME, event }));
    }

    /// Answers the next request, a `joinLive`, with this; gives its parameters.
    pub async fn admit(&mut self, snapshot: &LiveSnapshot) -> Value {
        let request = self.expect("joinLive").await;
        self.answer(&request, snapshot);
        request.params
    }

    pub fn hang_up(self) {
        let end = SocketEnd { code: 1006, reason: String::new() };
        let _ = self.to_client.unbounded_send(SocketFrame::Closed(end));
    }
}

/// Waits until something is so.
pub async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..MAX_STEPS {
        if is_so() {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("waited in vain for {what}");
}

/// Waits until a signal has this value.
pub async fn until_equal<T: Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static>(
    signal: &ArcRwSignal<T>,
    value: T,
) {
    until(&format!("{value:?}"), || signal.get_untracked() == value).await;
}

pub async fn until_online(client: &Client) {
    until_equal(&client.status(), Status::Online).await;
}

pub fn live_id(id: &str) -> LiveId {
    LiveId::new(id).unwrap()
}

pub fn user_id(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

pub fn user(id: &str) -> UserInfo {
    UserInfo::sample(id)
}

pub fn seat(live: &str, index: u16, taken_by: Option<&str>) -> SeatInfo {
    SeatInfo::sample(live, index, taken_by)
}

/// Live `a` of `ann`, who is on the first of two seats.
pub fn snapshot(seq: u64) -> LiveSnapshot {
    LiveSnapshot {
        live: LiveInfo { live_name: "Ann's".to_owned(), ..LiveInfo::sample("a", "ann") },
        seq,
        server_time: SERVER_TIME,
        ..LiveSnapshot::sample("a", "ann")
    }
}
