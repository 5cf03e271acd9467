//! The task of one socket: reads, dispatches, watches the clock, writes what the kernel did not
//! take at once.

use std::{io, net::Shutdown, pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::{
    select,
    time::{Instant, sleep_until, timeout},
};

use super::{
    CloseCode, Decoder, Incoming, ProtocolError, Rate, Socket, SocketEvents, SocketLimits, TokenBucket,
    Transport, handle::Flushed, scratch::with_scratch,
};

/// How often a peer may send a frame.
const FRAMES: Rate = Rate::new(50, 100);

/// How long a peer may take to read what waits for it once the socket is closing.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a peer may take to end its side of the stream after that.
const LINGER_TIMEOUT: Duration = Duration::from_secs(2);

/// Serves a socket until it is closed. `already_read` is what came after the handshake together
/// with it.
pub async fn run(
    stream: impl Into<Transport>,
    already_read: Bytes,
    events: Arc<impl SocketEvents>,
    limits: SocketLimits,
) {
    let socket = Socket::new(stream.into(), limits);
    let end = End { socket: &socket, events: &*events };
    serve(&socket, already_read, &*events).await;
    drop(end);
    say_farewell(&socket).await;
}

/// Tells of the end exactly once, also when the task is dropped in the middle.
struct End<'a, E: SocketEvents> {
    socket: &'a Socket,
    events: &'a E,
}

impl<E: SocketEvents> Drop for End<'_, E> {
    fn drop(&mut self) {
        self.socket.close(CloseCode::GoingAway, "");
        self.events.closed(self.socket);
    }
}

async fn serve(socket: &Socket, already_read: Bytes, events: &impl SocketEvents) {
    let mut peer = Peer::new(Instant::now());
    let first = peer.decode(&already_read);
    drop(already_read);
    peer.dispatch(first, socket, events).await;

    let mut timer = pin!(sleep_until(peer.deadline(socket)));
    while socket.is_open() {
        let Ok(flushed) = socket.flush() else {
            return socket.break_off();
        };
        select! {
            ready = socket.ready(flushed) => match ready.and_then(|_| peer.read(socket)) {
                Ok(Some(batch)) => peer.dispatch(batch, socket, events).await,
                Ok(None) => {}
                Err(_) => return socket.break_off(),
            },
            () = socket.changed() => {}
            () = timer.as_mut() => {
                peer.close_if_overdue(socket);
                timer.as_mut().reset(peer.deadline(socket));
            }
        }
    }
}

/// Writes what waits, ends the stream, and reads on until the peer has ended it too: to drop a
/// socket with unread bytes would take the close frame from the peer.
async fn say_farewell(socket: &Socket) {
    let _ = timeout(FAREWELL_TIMEOUT, write_rest(socket)).await;
    socket.shut_down(Shutdown::Write);
    let _ = timeout(LINGER_TIMEOUT, read_rest(socket)).await;
    socket.shut_down(Shutdown::Both);
}

async fn write_rest(socket: &Socket) -> io::Result<()> {
    while socket.flush()? == Flushed::Partly {
        socket.writable().await?;
    }
    Ok(())
}

async fn read_rest(socket: &Socket) -> io::Result<()> {
    loop {
        socket.readable().await?;
        match with_scratch(|scratch| socket.try_read(scratch)) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// What a peer said, and whether it can be understood any further.
struct Batch {
    incoming: Vec<Incoming>,
    error: Option<ProtocolError>,
}

/// What is known of the other side.
struct Peer {
    decoder: Decoder,
    bucket: TokenBucket,
    connected_at: Instant,
    heard_at: Instant,
}

impl Peer {
    fn new(now: Instant) -> Self {
        Self { decoder: Decoder::default(), bucket: TokenBucket::new(now), connected_at: now, heard_at: now }
    }

    /// `None` if there was nothing to read after all.
    fn read(&mut self, socket: &Socket) -> io::Result<Option<Batch>> {
        with_scratch(|scratch| match socket.try_read(scratch) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(len) => Ok(Some(self.decode(&scratch[..len]))),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn decode(&mut self, bytes: &[u8]) -> Batch {
        let mut incoming = Vec::new();
        let error = self.decoder.feed(bytes, &mut incoming).err();
        Batch { incoming, error }
    }

    async fn dispatch(&mut self, batch: Batch, socket: &Socket, events: &impl SocketEvents) {
        let now = Instant::now();
        let has_spoken = !batch.incoming.is_empty();
        for incoming in batch.incoming {
            if self.bucket.take(FRAMES, now).is_err() {
                return socket.close(CloseCode::TooManyRequests, "too many messages");
            }
            match incoming {
                // Boxed, or every idle socket would hold the room that its largest request takes.
                Incoming::Text(text) => Box::pin(events.text(socket, &text)).await,
                Incoming::Ping(payload) => socket.pong(&payload),
                Incoming::Fragment | Incoming::Pong => {}
                Incoming::Close(code) => socket.answer_close(code),
            }
            if !socket.is_open() {
                return;
            }
        }
        if has_spoken {
            // Measured after `events` is done: the socket does not read while it waits for that.
            self.heard_at = Instant::now();
        }
        if let Some(error) = batch.error {
            socket.close(error.close_code(), error.reason());
        }
    }

    fn deadline(&self, socket: &Socket) -> Instant {
        let silence_ends = self.heard_at + socket.limits().silence;
        if socket.is_logged_in() { silence_ends } else { silence_ends.min(self.login_ends(socket)) }
    }

    fn login_ends(&self, socket: &Socket) -> Instant {
        self.connected_at + socket.limits().login
    }

    fn close_if_overdue(&self, socket: &Socket) {
        let now = Instant::now();
        if now >= self.heard_at + socket.limits().silence {
            socket.close(CloseCode::Silent, "nothing was heard for too long");
        } else if !socket.is_logged_in() && now >= self.login_ends(socket) {
            socket.close(CloseCode::Unauthorized, "no login in time");
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpStream;

    use super::*;

    /// Takes a lot of room while it handles a text.
    struct Roomy;

    impl SocketEvents for Roomy {
        async fn text(&self, _socket: &Socket, text: &str) {
            let room = [text.len(); 1_000];
            tokio::task::yield_now().await;
            assert_eq!(room[0], text.len());
        }

        fn closed(&self, _socket: &Socket) {}
    }

    fn size_of_future<F>(_: impl FnOnce(TcpStream, Bytes, Arc<Roomy>, SocketLimits) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn an_idle_socket_does_not_hold_the_room_that_a_request_takes() {
        let bytes = size_of_future(run);
        assert!(bytes <= 1_024, "{bytes} bytes");
    }
}
