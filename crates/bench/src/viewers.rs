//! Many viewers in one thread. Each is a loopback socket that counts received messages.

use std::{
    cell::Cell,
    io::{self, ErrorKind},
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use duelcast_protocol::{SUBPROTOCOL, limits::PING_INTERVAL_MS};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    select,
    task::spawn_local,
    time::{Instant, MissedTickBehavior, interval_at, sleep},
};

use crate::frames::{FrameCounter, client_text};

const READ_BYTES: usize = 16 * 1024;
const MAX_HANDSHAKE_BYTES: usize = 2_048;
const HANDSHAKE_END: &[u8] = b"\r\n\r\n";
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// The first messages of a viewer.
#[derive(Debug, Clone)]
pub enum Greeting {
    /// None: the peer does not speak WebSocket.
    Plain,
    /// The WebSocket handshake, then these texts.
    WebSocket(Vec<String>),
}

/// Counters of all viewers together.
#[derive(Debug, Default)]
pub struct Counters {
    frames: Cell<u64>,
    bytes: Cell<u64>,
    gone: Cell<usize>,
}

impl Counters {
    fn add(&self, frames: u64, bytes: usize) {
        self.frames.set(self.frames.get() + frames);
        self.bytes.set(self.bytes.get() + bytes as u64);
    }
}

/// Values of the counters at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub frames: u64,
    pub bytes: u64,
}

/// All viewers. They end with the tasks of their thread.
#[derive(Debug, Default)]
pub struct Viewers {
    counters: Rc<Counters>,
    len: usize,
}

impl Viewers {
    /// Connects the viewers one after the other.
    pub async fn connect(
        &mut self,
        address: SocketAddr,
        count: usize,
        greeting: impl Fn(usize) -> Result<Greeting>,
    ) -> Result<()> {
        for _ in 0..count {
            let stream = connect_one(address, greeting(self.len)?).await?;
            self.len += 1;
            let counters = Rc::clone(&self.counters);
            spawn_local(async move {
                if watch(&stream.stream, &counters, stream.pings).await.is_err() {
                    counters.gone.set(counters.gone.get() + 1);
                }
            });
        }
        Ok(())
    }

    pub fn counts(&self) -> Counts {
        Counts { frames: self.counters.frames.get(), bytes: self.counters.bytes.get() }
    }

    /// Waits until no message has arrived for a while.
    pub async fn settle(&self, quiet: Duration) {
        let mut last = (self.counts().bytes, Instant::now());
        while last.1.elapsed() < quiet {
            sleep(POLL_INTERVAL).await;
            let bytes = self.counts().bytes;
            if bytes != last.0 {
                last = (bytes, Instant::now());
            }
        }
    }

    /// Checks that no viewer lost its socket.
    pub fn check(&self) -> Result<()> {
        match self.counters.gone.get() {
            0 => Ok(()),
            gone => bail!("{gone} of {} viewers lost their sockets", self.len),
        }
    }
}

struct Connected {
    stream: TcpStream,
    pings: bool,
}

async fn connect_one(address: SocketAddr, greeting: Greeting) -> Result<Connected> {
    let mut stream = TcpStream::connect(address).await.context("a viewer cannot connect")?;
    stream.set_nodelay(true)?;
    match greeting {
        Greeting::Plain => Ok(Connected { stream, pings: false }),
        Greeting::WebSocket(texts) => {
            shake_hands(&mut stream).await?;
            for text in texts {
                stream.write_all(&client_text(&text)).await?;
            }
            Ok(Connected { stream, pings: true })
        }
    }
}

async fn shake_hands(stream: &mut TcpStream) -> Result<()> {
    let request = format!(
        "GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    while !answer.ends_with(HANDSHAKE_END) && answer.len() < MAX_HANDSHAKE_BYTES {
        answer.push(stream.read_u8().await.context("no answer to the handshake")?);
    }
    if !answer.starts_with(b"HTTP/1.1 101 ") {
        bail!("the handshake was refused: {}", String::from_utf8_lossy(&answer));
    }
    Ok(())
}

async fn watch(stream: &TcpStream, counters: &Counters, pings: bool) -> io::Result<()> {
    let mut counter = FrameCounter::default();
    let every = Duration::from_millis(PING_INTERVAL_MS);
    let mut ping = interval_at(Instant::now() + every, every);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let ping_frame = client_text(r#"{"jsonrpc":"2.0","id":0,"method":"ping","params":{}}"#);
    loop {
        select! {
            ready = stream.readable() => {
                ready?;
                read(stream, &mut counter, counters)?;
            }
            _ = ping.tick(), if pings => {
                stream.try_write(&ping_frame)?;
            }
        }
    }
}

fn read(stream: &TcpStream, counter: &mut FrameCounter, counters: &Counters) -> io::Result<()> {
    let mut buffer = [0; READ_BYTES];
    match stream.try_read(&mut buffer) {
        Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
        Ok(len) => counters.add(counter.feed(&buffer[..len]), len),
        Err(error) if error.kind() == ErrorKind::WouldBlock => {}
        Err(error) => return Err(error),
    }
    if counter.is_closed { Err(ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
}
