//! Starting and stopping the whole server.

use std::{
    fs::File,
    io,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    thread,
    time::Duration,
};

use duelcast_log::{Archive, Clock, SqliteLog, Store, StoreError, SystemClock};
use duelcast_protocol::{DurationMs, NodeId};
use duelcast_realm::RealmConfig;
use duelcast_socket::Origins;
use duelcast_webhooks::{WebhookConfig, Webhooks};
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::timeout,
};
use tokio_rustls::rustls::{ClientConfig, ServerConfig};

use crate::{
    admission::Admission,
    assets::Site,
    auth::{ApiKey, KeyFile, Keys},
    config::Config,
    data, demo,
    engine::{self, EngineHandle, EngineParts},
    gateway::Gateway,
    http_server::{self, HttpServer},
    metrics::Metrics,
    rest::{self, App, GuestTokens},
    start_error::StartError,
    tls::{self, TlsError, TlsFiles},
};

/// How long requests may take after the server was told to end.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
const DAY_MS: DurationMs = 24 * 3_600_000;
/// The one node of a server that stands alone.
const NODE: &str = "local";

/// A server that runs.
#[derive(Debug)]
pub struct Running {
    addr: SocketAddr,
    api_key: ApiKey,
    engine: EngineHandle,
    certificate: Option<Certificate>,
    stop: watch::Sender<bool>,
    http: JoinHandle<()>,
    /// Webhooks, demo bots and their listener.
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
    let newest_event = parts.newest_event.clone();
    let (outbox_trim, trims) = watch::channel(0);
    let webhooks = Webhooks::start(
        webhooks(&config, webhook_tls, &metrics),
        archive.clone(),
        newest_event,
        outbox_trim,
        &mut background,
    )
    .map_err(|error| unusable(error.into()))?;
    background.spawn(trim_outbox(parts.engine.clone(), trims));
    let admission = Arc::new(Admission::new(&config.admission));
    let gateway = Gateway {
        engine: parts.engine.clone(),
        keys: Arc::clone(&keys),
        admission: Arc::clone(&admission),
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
        guests: config.demo.then(|| Arc::new(GuestTokens::new(api_keys.first.clone()))),
    };
    let (stop, stopped) = watch::channel(false);
    let site = Site {
        engine: parts.engine.clone(),
        public_url: config.public_url.clone(),
        has_tls: config.tls.is_some(),
    };
    let http_server = HttpServer {
        listener,
        router: rest::router(app, &config.cors_origins, site),
        max_connections: http_server::MAX_CONNECTIONS,
        admission,
        tls: certificate.as_ref().map(|certificate| certificate.shown.subscribe()),
        stopped,
    };
    let api_key = api_keys.first;
    if config.demo {
        let address = if http_server.tls.is_some() {
            open_demo_listener(&http_server, &mut background).await?
        } else {
            addr
        };
        background.spawn(demo::run(address, api_key.clone()));
    }
    let http = tokio::spawn(http_server.serve());
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

fn webhooks(config: &Config, tls: Arc<ClientConfig>, metrics: &Metrics) -> WebhookConfig {
    WebhookConfig {
        data: config.data.clone(),
        targets: config.webhooks.clone(),
        is_private_allowed: config.webhook_allow_private,
        give_up_ms: config.webhook_give_up_ms,
        tls,
        metrics: metrics.webhooks.clone(),
    }
}

/// Tells the log which webhook events no webhook needs any more.
async fn trim_outbox(engine: EngineHandle, mut trims: watch::Receiver<u64>) {
    while trims.changed().await.is_ok() {
        let seq = *trims.borrow_and_update();
        engine.trim_outbox(seq).await;
    }
}

/// Demo bots speak no TLS: they have a plain listener on this machine.
async fn open_demo_listener(
    http_server: &HttpServer,
    background: &mut JoinSet<()>,
) -> Result<SocketAddr, StartError> {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let cannot = |source| cannot_listen(any, source);
    let listener = TcpListener::bind(any).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let demo_listener = HttpServer {
        listener,
        router: http_server.router.clone(),
        max_connections: http_server.max_connections,
        admission: Arc::clone(&http_server.admission),
        tls: None,
        stopped: http_server.stopped.clone(),
    };
    background.spawn(demo_listener.serve());
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
    newest_event: watch::Receiver<u64>,
    threads: Vec<thread::JoinHandle<()>>,
}

fn open_log(config: &Config, metrics: &Metrics) -> Result<Core, StoreError> {
    let mut store = Store::open(&config.data)?;
    if let Some(days) = config.ledger_retention_days {
        store.keep_battles_for(DurationMs::from(days) * DAY_MS);
    }
    let realm = RealmConfig { grace_ms: config.grace_ms, owner_gone_ms: config.owner_gone_ms };
    let recovered = engine::recover(&store, &realm)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::not_before(recovered.realm.now()));
    let epoch = store.epoch().to_owned();
    let (reporter, reports) = engine::report_channel();
    let (newest_event_sender, newest_event) = watch::channel(0);
    let (log, log_thread) =
        SqliteLog::start(store, Arc::clone(&clock), reporter, newest_event_sender, metrics.log.clone())?;
    let node = NodeId::new(NODE).expect("the name above is an id");
    let parts =
        EngineParts { recovered, log: Box::new(log), clock, epoch, node, metrics: metrics.engine.clone() };
    let (engine, engine_thread) = engine::start(parts, reports);
    Ok(Core { engine, newest_event, threads: vec![engine_thread, log_thread] })
}

fn unusable_log(path: &Path, source: StoreError) -> StartError {
    match source.database_code() {
        Some(rusqlite::ErrorCode::DiskFull) => StartError::DiskFull,
        _ => StartError::Log { path: path.to_owned(), source },
    }
}

fn origins(config: &Config) -> Origins {
    let own = config.public_url.iter().cloned();
    let others = config.allowed_origins.iter().filter_map(|origin| origin.to_str().ok()).map(str::to_owned);
    Origins::Listed(own.chain(others).collect())
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

    /// Reads the certificate again; it applies to later connections. Does nothing without TLS.
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
