//! Starting and stopping the whole server.

use std::{
    fs::File,
    io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use duelcast_protocol::{DurationMs, NodeId};
use duelcast_realm::RealmConfig;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::timeout,
};
use tokio_rustls::rustls::ServerConfig;

use crate::{
    assets::Site,
    auth::{KeyFile, KeyFileError, Keys},
    clock::{Clock, SystemClock},
    config::{ApiKey, Config},
    data, demo,
    doors::Doors,
    engine::{self, EngineHandle, Parts},
    gateway::Gateway,
    listener::{self, Reception},
    log::{Archive, SqliteLog, Store, StoreError},
    metrics::Metrics,
    rest::{self, App, GuestBook},
    socket::Origins,
    tls::{self, TlsError, TlsFiles},
    webhooks::{OUTBOX_READER, Webhooks},
};

/// How long requests may take after the server was told to end.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
const DAY_MS: DurationMs = 24 * 3_600_000;
/// The one node of a server that stands alone.
const NODE: &str = "local";

/// Why the server does not start. One sentence each that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("Port {port} is in use; stop the program that uses it, or choose another port with --listen {ip}:PORT.", port = .0.port(), ip = .0.ip())]
    PortInUse(SocketAddr),
    #[error("The server cannot listen on {address}: {source}.")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("The data folder {path} cannot be written ({source}); give another with --data or change its permissions.", path = path.display())]
    DataFolder { path: PathBuf, source: io::Error },
    #[error("The data folder {path} is used by another process; stop that one or give another folder with --data.", path = .0.display())]
    DataFolderInUse(PathBuf),
    #[error("The disk is full; free some space or give a folder on another disk with --data.")]
    DiskFull,
    #[error("The log in {path} cannot be used: {source}.", path = path.display())]
    Log { path: PathBuf, source: StoreError },
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("The API key in {path} is not valid: {message}", path = path.display())]
    DemoKey { path: PathBuf, message: String },
}

/// A server that runs.
#[derive(Debug)]
pub struct Running {
    addr: SocketAddr,
    api_key: ApiKey,
    engine: EngineHandle,
    certificate: Option<Certificate>,
    stop: watch::Sender<bool>,
    http: JoinHandle<()>,
    /// Webhooks, demo bots and their door.
    background: JoinSet<()>,
    threads: Vec<thread::JoinHandle<()>>,
    _lock: File,
}

/// What a server with TLS shows, and where it comes from.
#[derive(Debug)]
struct Certificate {
    files: TlsFiles,
    shown: watch::Sender<Arc<ServerConfig>>,
}

impl Certificate {
    fn read(files: &TlsFiles) -> Result<Self, TlsError> {
        Ok(Self { files: files.clone(), shown: watch::Sender::new(tls::server_config(files)?) })
    }
}

/// Starts a server and returns as soon as it listens.
///
/// # Errors
/// A [`StartError`] that says what to do.
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let certificate = config.tls.as_ref().map(Certificate::read).transpose()?;
    let webhook_tls = tls::client_config(config.webhook_ca.as_deref())?;
    let listener =
        TcpListener::bind(config.listen).await.map_err(|source| cannot_listen(config.listen, source))?;
    let addr =
        listener.local_addr().map_err(|source| StartError::Listen { address: config.listen, source })?;
    let lock = data::lock(&config.data)?;
    let api_keys = data::api_keys(&config)?;
    let unusable = |source| unusable_log(&config.data, source);
    let metrics = Metrics::new();
    let parts = open_log(&config, &metrics).map_err(unusable)?;
    let archive = Archive::open(&config.data).map_err(unusable)?;
    let keys = Arc::new(Keys::new(&api_keys.given).with_file(KeyFile::of(&config.data)));
    let mut background = JoinSet::new();
    let newest_fact = parts.newest_fact.clone();
    let webhooks = Webhooks::start(
        &config,
        webhook_tls,
        archive.clone(),
        parts.engine.clone(),
        newest_fact,
        metrics.webhooks.clone(),
        &mut background,
    )
    .map_err(|error| unusable(error.into()))?;
    let doors = Arc::new(Doors::new(&config.doors));
    let gateway = Gateway {
        engine: parts.engine.clone(),
        keys: Arc::clone(&keys),
        doors: Arc::clone(&doors),
        metrics: metrics.sockets.clone(),
    };
    let app = App {
        gateway: Arc::new(gateway),
        metrics: Arc::new(metrics),
        engine: parts.engine.clone(),
        archive,
        webhooks,
        keys,
        origins: Arc::new(origins(&config)),
        socket_limits: config.socket,
        guests: config.demo.then(|| Arc::new(GuestBook::new(api_keys.first.clone()))),
    };
    let (stop, stopped) = watch::channel(false);
    let site = Site {
        engine: parts.engine.clone(),
        public_url: config.public_url.clone(),
        has_tls: config.tls.is_some(),
    };
    let reception = Reception {
        listener,
        router: rest::router(app, &config.cors_origins, site),
        max_connections: listener::MAX_CONNECTIONS,
        doors,
        tls: certificate.as_ref().map(|certificate| certificate.shown.subscribe()),
        stopped,
    };
    let api_key = api_keys.first;
    if config.demo {
        let address =
            if reception.tls.is_some() { open_side_door(&reception, &mut background).await? } else { addr };
        background.spawn(demo::run(address, api_key.clone()));
    }
    let http = tokio::spawn(reception.serve());
    Ok(Running {
        addr,
        api_key,
        engine: parts.engine,
        certificate,
        stop,
        http,
        background,
        threads: parts.threads,
        _lock: lock,
    })
}

/// Demo bots speak no TLS: they have a plain door on this machine.
async fn open_side_door(
    reception: &Reception,
    background: &mut JoinSet<()>,
) -> Result<SocketAddr, StartError> {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let cannot = |source| cannot_listen(any, source);
    let listener = TcpListener::bind(any).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let side_door = Reception {
        listener,
        router: reception.router.clone(),
        max_connections: reception.max_connections,
        doors: Arc::clone(&reception.doors),
        tls: None,
        stopped: reception.stopped.clone(),
    };
    background.spawn(side_door.serve());
    Ok(address)
}

fn cannot_listen(address: SocketAddr, source: io::Error) -> StartError {
    if source.kind() == io::ErrorKind::AddrInUse {
        return StartError::PortInUse(address);
    }
    StartError::Listen { address, source }
}

/// The log and the engine, running.
struct Core {
    engine: EngineHandle,
    newest_fact: watch::Receiver<u64>,
    threads: Vec<thread::JoinHandle<()>>,
}

fn open_log(config: &Config, metrics: &Metrics) -> Result<Core, StoreError> {
    let mut store = Store::open(&config.data)?;
    if let Some(days) = config.ledger_retention_days {
        store.keep_battles_for(DurationMs::from(days) * DAY_MS);
    }
    store.set_endpoints(&[OUTBOX_READER.to_owned()])?;
    let realm = RealmConfig { grace_ms: config.grace_ms, owner_gone_ms: config.owner_gone_ms };
    let recovered = engine::recover(&store, &realm)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::not_before(recovered.realm.now()));
    let epoch = store.epoch().to_owned();
    let (reporter, reports) = engine::report_channel();
    let (newest_fact_sender, newest_fact) = watch::channel(0);
    let (log, log_thread) =
        SqliteLog::start(store, Arc::clone(&clock), reporter, newest_fact_sender, metrics.log.clone())?;
    let node = NodeId::new(NODE).expect("the name above is an id");
    let metrics = metrics.engine.clone();
    let parts = Parts { recovered, log: Box::new(log), clock, epoch, node, config: realm, metrics };
    let (engine, engine_thread) = engine::start(parts, reports);
    Ok(Core { engine, newest_fact, threads: vec![engine_thread, log_thread] })
}

fn unusable_log(path: &Path, source: StoreError) -> StartError {
    match source.database_code() {
        Some(rusqlite::ErrorCode::DiskFull) => StartError::DiskFull,
        _ => StartError::Log { path: path.to_owned(), source },
    }
}

fn origins(config: &Config) -> Origins {
    let own = config.public_url.iter().map(|url| url.trim_end_matches('/').to_owned());
    Origins::Listed(own.chain(config.allowed_origins.iter().cloned()).collect())
}

impl Running {
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Address for clients on this machine.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.addr)
    }

    /// Reads the certificate anew; connections from now on are shown the new one. Without TLS there is nothing to do.
    ///
    /// # Errors
    /// If it cannot be used; the former one is kept.
    pub fn reload_certificate(&self) -> Result<(), TlsError> {
        if let Some(Certificate { files, shown }) = &self.certificate {
            shown.send_replace(tls::server_config(files)?);
        }
        Ok(())
    }

    /// The first API key: given, or made for the demo.
    #[must_use]
    pub fn api_key(&self) -> &ApiKey {
        &self.api_key
    }

    /// Takes no more connections, closes the sockets, keeps the state, and ends.
    pub async fn shutdown(mut self) {
        self.background.shutdown().await;
        self.stop.send_replace(true);
        self.engine.shut_down().await;
        if timeout(DRAIN_TIMEOUT, &mut self.http).await.is_err() {
            tracing::warn!("some connections were cut off");
            self.http.abort();
        }
        let threads = std::mem::take(&mut self.threads);
        let joined =
            tokio::task::spawn_blocking(move || threads.into_iter().all(|thread| thread.join().is_ok()));
        if !joined.await.unwrap_or(false) {
            tracing::error!("a thread of the server has panicked");
        }
    }
}
