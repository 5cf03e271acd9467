//! TCP connections: their number, TLS, and how long requests may take.

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::{IntoResponse, Response},
};
use duelcast_protocol::ErrorCode;
use duelcast_socket::PeerPermit;
use hyper::{
    StatusCode,
    body::Incoming,
    rt::{Read, Write},
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

use crate::{admission::Admission, rest::Problem};

/// TCP connections that are open at once, sockets included; more are refused.
pub(crate) const MAX_CONNECTIONS: usize = 100_000;
/// How long a peer may take to agree on TLS.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a peer may take to send the head of a request, the first one and each after it.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a request may take from its head to its answer's, its body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection may serve requests; browsers and back ends open another without noticing.
const CONNECTION_LIFETIME: Duration = Duration::from_secs(600);
/// How long the last request of a connection may take.
const FAREWELL: Duration = Duration::from_secs(60);
/// Bytes of a request's head at most.
const MAX_HEAD_BYTES: usize = 16 * 1_024;
/// How long to wait when the operating system has no room for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// The answer to a peer above the limit of connections.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
/// The answer to a peer that connects too often.
const TOO_OFTEN: &[u8] =
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
/// One refusal in this many is logged.
const LOGGED_ONE_OF: u64 = 1_000;

/// Accepts TCP connections and serves HTTP on them.
pub(crate) struct HttpServer {
    pub listener: TcpListener,
    pub router: Router,
    pub max_connections: usize,
    pub admission: Arc<Admission>,
    /// The certificate as it is at the moment; without one, connections are plain.
    pub tls: Option<watch::Receiver<Arc<ServerConfig>>>,
    pub stopped: watch::Receiver<bool>,
}

/// An accepted TCP connection.
struct Peer {
    router: TowerToHyperService<Router>,
    address: SocketAddr,
    permit: PeerPermit,
    stopped: watch::Receiver<bool>,
}

impl HttpServer {
    /// Serves until told to stop, and then until the open requests are answered.
    pub(crate) async fn serve(self) {
        let mut stop = self.stopped.clone();
        let permits = Arc::new(Semaphore::new(self.max_connections.min(Semaphore::MAX_PERMITS)));
        let router = TowerToHyperService::new(self.router.clone());
        let mut peers = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, address)) => match self.permit(&permits, address) {
                        Ok(permit) => {
                            let stopped = self.stopped.clone();
                            let peer = Peer { router: router.clone(), address, permit, stopped };
                            let tls = self.tls.as_ref().map(|tls| Arc::clone(&tls.borrow()));
                            peers.spawn(peer.serve(stream, tls));
                        }
                        Err(answer) => self.turn_away(&stream, address, answer),
                    },
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be taken");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(_) = peers.join_next() => {}
                () = until_stopped(&mut stop) => break,
            }
        }
        drop(self.listener);
        while peers.join_next().await.is_some() {}
    }

    /// A permit for this peer, or what it is told instead.
    fn permit(&self, permits: &Arc<Semaphore>, address: SocketAddr) -> Result<PeerPermit, &'static [u8]> {
        self.admission.connection(address.ip()).map_err(|_| TOO_OFTEN)?;
        let permit = Arc::clone(permits).try_acquire_owned().map_err(|_| FULL)?;
        Ok(permit.into())
    }

    /// Answers a peer that is refused, except over TLS, where the answer could not be read.
    fn turn_away(&self, stream: &TcpStream, address: SocketAddr, answer: &[u8]) {
        static TURNED_AWAY: AtomicU64 = AtomicU64::new(0);
        if TURNED_AWAY.fetch_add(1, Ordering::Relaxed).is_multiple_of(LOGGED_ONE_OF) {
            tracing::warn!(peer = %address, "too many connections; this is said once in {LOGGED_ONE_OF} times");
        }
        if self.tls.is_none()
            && let Err(error) = stream.try_write(answer)
        {
            tracing::debug!(%error, "it could not even be told");
        }
    }
}

impl Peer {
    /// Serves the connection until it ends. Errors on it are logged for debugging only: they
    /// concern this peer alone.
    async fn serve(self, stream: TcpStream, tls: Option<Arc<ServerConfig>>) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps Nagle's algorithm");
        }
        let Some(tls) = tls else { return self.serve_http(TokioIo::new(stream)).await };
        match timeout(HANDSHAKE_TIMEOUT, TlsAcceptor::from(tls).accept(stream)).await {
            Ok(Ok(stream)) => self.serve_http(TokioIo::new(stream)).await,
            Ok(Err(error)) => tracing::debug!(peer = %self.address, %error, "no TLS with this peer"),
            Err(_) => tracing::debug!(peer = %self.address, "a peer took too long to agree on TLS"),
        }
    }

    async fn serve_http(self, io: impl Read + Write + Unpin + Send + 'static) {
        let Self { router, address, permit, mut stopped } = self;
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            request.extensions_mut().insert(permit.clone());
            answer(router.clone(), request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(io, service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let done = tokio::select! {
            done = connection.as_mut() => done,
            () = last_call(&mut stopped) => {
                connection.as_mut().graceful_shutdown();
                timeout(FAREWELL, connection).await.unwrap_or(Ok(()))
            }
        };
        if let Err(error) = done {
            tracing::debug!(peer = %address, %error, "a connection ended in the middle");
        }
    }
}

/// The server stops, or the connection has lived for long enough.
async fn last_call(stopped: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = until_stopped(stopped) => {}
        () = sleep(CONNECTION_LIFETIME) => {}
    }
}

async fn until_stopped(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|is_stopped| *is_stopped).await.is_err() {
        tracing::debug!("the server was dropped without being shut down");
    }
}

async fn answer(
    router: TowerToHyperService<Router>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    match timeout(REQUEST_TIMEOUT, router.call(request)).await {
        Ok(answered) => answered,
        Err(_) => {
            let sentence = "The request was not complete, or not answered, in time.";
            Ok(Problem::with_status(StatusCode::REQUEST_TIMEOUT, ErrorCode::Unavailable, sentence)
                .into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Bytes, routing::post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::admission::{AdmissionLimits, RateLimit};
    use duelcast_socket::Rate;

    struct Host {
        address: SocketAddr,
        _stop: watch::Sender<bool>,
    }

    impl Host {
        async fn start(max_connections: usize) -> Self {
            Self::start_with(max_connections, &AdmissionLimits::default()).await
        }

        async fn start_with(max_connections: usize, limits: &AdmissionLimits) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let (stop, stopped) = watch::channel(false);
            let router = Router::new().route("/", post(async |body: Bytes| body));
            let admission = Arc::new(Admission::new(limits));
            let server = HttpServer { listener, router, max_connections, admission, tls: None, stopped };
            tokio::spawn(server.serve());
            Self { address, _stop: stop }
        }

        async fn say(&self, text: &str) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            stream.write_all(text.as_bytes()).await.unwrap();
            stream
        }
    }

    /// What the server says until it closes.
    async fn rest(mut stream: TcpStream) -> String {
        let mut text = String::new();
        // A reset is an end, too.
        let _ = stream.read_to_string(&mut text).await;
        text
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_request_head_times_out() {
        let host = Host::start(10).await;
        for beginning in ["", "P", "POST / HTTP/1.1\r\nHost: a\r\nX: "] {
            assert!(!rest(host.say(beginning).await).await.contains("200"), "{beginning}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_request_body_gets_a_timeout_response() {
        let host = Host::start(10).await;
        let stream = host.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc").await;
        assert!(rest(stream).await.starts_with("HTTP/1.1 408"));
    }

    #[tokio::test]
    async fn when_all_places_are_taken_the_next_is_turned_away_until_one_is_free() {
        let host = Host::start(1).await;
        let mut first = host.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
        let mut answer = [0; 12];
        first.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
        assert!(rest(host.say("").await).await.starts_with("HTTP/1.1 503"));
        drop(first);
        let request = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        while !rest(host.say(request).await).await.starts_with("HTTP/1.1 200") {}
    }
    #[tokio::test]
    async fn an_address_that_connects_too_often_is_told_when_to_come_again() {
        let once = RateLimit::At(Rate::new(1, 1));
        let limits =
            AdmissionLimits { connections: once, spares_loopback: false, ..AdmissionLimits::default() };
        let host = Host::start_with(10, &limits).await;
        let mut clients = JoinSet::new();
        for _ in 0..100 {
            clients.spawn(rest(host.say("").await));
        }
        let refusal = clients.join_next().await.unwrap().unwrap();
        assert!(refusal.starts_with("HTTP/1.1 429") && refusal.contains("Retry-After: 1"), "{refusal}");
    }
}
