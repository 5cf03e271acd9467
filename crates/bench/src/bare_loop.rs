//! The lower bound: the same bytes to the same number of plain TCP sockets, one system call each.

use std::{
    io::{ErrorKind, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::Instant,
};

use anyhow::Result;
use duelcast_socket::Frame;

use crate::process::{PeerOptions, announce_and_wait};

const MAX_WAITING_STREAMS: usize = 100_000;

pub fn run(options: &PeerOptions) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (sender, receiver) = mpsc::sync_channel(MAX_WAITING_STREAMS);
    thread::spawn(move || accept(&listener, &sender));
    announce_and_wait(address)?;

    let mut streams: Vec<TcpStream> = receiver.try_iter().collect();
    let frame = Frame::text(&options.payload());
    let mut next = Instant::now();
    loop {
        for stream in &mut streams {
            write(stream, frame.as_bytes())?;
        }
        next += options.interval();
        thread::sleep(next.saturating_duration_since(Instant::now()));
    }
}

fn accept(listener: &TcpListener, sender: &mpsc::SyncSender<TcpStream>) {
    for stream in listener.incoming().map_while(Result::ok) {
        let is_ready = stream.set_nonblocking(true).and_then(|()| stream.set_nodelay(true));
        if is_ready.is_err() || sender.send(stream).is_err() {
            return;
        }
    }
}

/// A viewer with a full socket buffer misses the frame.
fn write(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    match stream.write(bytes) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
        Err(error) => Err(error),
    }
}
