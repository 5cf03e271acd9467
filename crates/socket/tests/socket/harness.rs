//! A server that does nothing but sockets, and clients for it.

use std::sync::Arc;

use axum::{Router, extract::Request, routing::get};
use duelcast_protocol::SUBPROTOCOL;
use duelcast_socket::{Origins, Socket, SocketEvents, SocketId, SocketLimits, upgrade};
use futures_util::StreamExt;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{ClientRequestBuilder, Message, protocol::frame::coding::CloseCode as WireCode},
};

const MAX_SEEN: usize = 10_000;

pub type Client = WebSocketStream<TcpStream>;

/// What the server side saw.
#[derive(Debug)]
pub enum Seen {
    Text(Socket, String),
    Closed(SocketId),
}

/// Passes on what happens. A text counts as a login.
pub struct Recorder(mpsc::Sender<Seen>);

impl SocketEvents for Recorder {
    async fn text(&self, socket: &Socket, text: &str) {
        socket.logged_in();
        let seen = Seen::Text(socket.clone(), text.to_owned());
        self.0.send(seen).await.expect("the test listens to the end");
    }

    fn closed(&self, socket: &Socket) {
        // The test may be over.
        let _ = self.0.try_send(Seen::Closed(socket.id()));
    }
}

pub fn recorder() -> (Arc<Recorder>, mpsc::Receiver<Seen>) {
    let (sender, receiver) = mpsc::channel(MAX_SEEN);
    (Arc::new(Recorder(sender)), receiver)
}

pub struct Host {
    address: std::net::SocketAddr,
    seen: mpsc::Receiver<Seen>,
}

impl Host {
    pub async fn start(limits: SocketLimits) -> Self {
        let (events, seen) = recorder();
        let handler = move |request: Request| {
            let events = Arc::clone(&events);
            async move { upgrade(request, &Origins::Listed(Vec::new()), events, limits) }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            axum::serve(listener, Router::new().route("/v1/ws", get(handler))).await.unwrap();
        });
        Self { address, seen }
    }

    pub fn request(&self) -> ClientRequestBuilder {
        let uri = format!("ws://{}/v1/ws", self.address).parse().unwrap();
        ClientRequestBuilder::new(uri).with_sub_protocol(SUBPROTOCOL)
    }

    pub async fn stream(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// A client and the server's end of it.
    pub async fn connect(&mut self) -> (Client, Socket) {
        let (mut client, _) = client_async(self.request(), self.stream().await).await.unwrap();
        say(&mut client, Message::text("hello")).await;
        let (socket, text) = self.next_message().await;
        assert_eq!(text, "hello");
        (client, socket)
    }

    pub async fn next_closed(&mut self) -> SocketId {
        loop {
            if let Seen::Closed(id) = self.seen.recv().await.expect("the server runs") {
                return id;
            }
        }
    }

    /// The next text of any client.
    pub async fn next_message(&mut self) -> (Socket, String) {
        loop {
            if let Seen::Text(socket, text) = self.seen.recv().await.expect("the server runs") {
                return (socket, text);
            }
        }
    }

    pub fn has_seen_more(&mut self) -> bool {
        self.seen.try_recv().is_ok()
    }
}

pub async fn say(client: &mut Client, message: Message) {
    futures_util::SinkExt::send(client, message).await.unwrap();
}

pub async fn next_text(client: &mut Client) -> String {
    match client.next().await.expect("the stream goes on").unwrap() {
        Message::Text(text) => text.to_string(),
        message @ (Message::Binary(_)
        | Message::Ping(_)
        | Message::Pong(_)
        | Message::Close(_)
        | Message::Frame(_)) => panic!("expected a text, got {message:?}"),
    }
}

/// Reads until the server says why it closes, and checks that the stream then ends.
pub async fn close_code(client: &mut Client) -> u16 {
    let code = loop {
        match client.next().await.expect("a close frame comes first").unwrap() {
            Message::Close(frame) => {
                break frame.map_or(u16::from(WireCode::Status), |frame| frame.code.into());
            }
            Message::Text(_)
            | Message::Binary(_)
            | Message::Ping(_)
            | Message::Pong(_)
            | Message::Frame(_) => {}
        }
    };
    assert!(client.next().await.is_none(), "nothing follows a close frame");
    code
}
