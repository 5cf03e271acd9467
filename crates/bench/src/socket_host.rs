//! The server's socket layer with one sending thread: its cost without the rest of the server.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use axum::{Router, extract::Request, routing::get};
use duelcast_socket::{Frame, Origins, Socket, SocketEvents, SocketLimits, upgrade};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::process::{PeerOptions, announce_and_wait};

const MAX_SOCKETS: usize = 100_000;

/// All sockets that have sent a message.
#[derive(Default)]
struct Audience(Mutex<Vec<Socket>>);

impl Audience {
    fn sockets(&self) -> std::sync::MutexGuard<'_, Vec<Socket>> {
        self.0.lock().expect("nothing panics while it holds this lock")
    }
}

impl SocketEvents for Audience {
    async fn text(&self, socket: &Socket, _text: &str) {
        let mut sockets = self.sockets();
        if sockets.len() < MAX_SOCKETS && sockets.iter().all(|known| known.id() != socket.id()) {
            socket.logged_in();
            sockets.push(socket.clone());
        }
    }

    fn closed(&self, socket: &Socket) {
        self.sockets().retain(|other| other.id() != socket.id());
    }
}

pub fn run(options: &PeerOptions) -> Result<()> {
    let runtime = Runtime::new()?;
    let audience = Arc::new(Audience::default());
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    runtime.spawn(serve(listener, Arc::clone(&audience)));
    announce_and_wait(address)?;

    let frame = Frame::text(&options.payload());
    let mut next = Instant::now();
    loop {
        for socket in audience.sockets().iter() {
            let _ = socket.send_latest(0, &frame);
        }
        next += options.interval();
        thread::sleep(next.saturating_duration_since(Instant::now()));
    }
}

async fn serve(listener: TcpListener, audience: Arc<Audience>) -> std::io::Result<()> {
    let limits = SocketLimits { silence: Duration::from_secs(3_600), ..SocketLimits::default() };
    let handler = move |request: Request| {
        let audience = Arc::clone(&audience);
        async move { upgrade(request, &Origins::Any, audience, limits) }
    };
    axum::serve(listener, Router::new().route("/v1/ws", get(handler))).await
}
