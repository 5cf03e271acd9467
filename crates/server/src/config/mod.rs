//! What the server is told at its start: flags, environment, a file and defaults, in that order of
//! rank.

mod options;
mod values;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use axum::http::HeaderValue;
use duelcast_protocol::{DurationMs, limits};

pub use options::Options;
pub use values::parse_span;

pub use crate::{admission::AdmissionLimits, tls::TlsFiles};
use crate::{
    admission::{InvalidNetwork, InvalidRate},
    auth::{ApiKey, InvalidApiKey},
};
use duelcast_socket::SocketLimits;
pub use duelcast_webhooks::WebhookTarget;
use duelcast_webhooks::{GIVE_UP_MS, InvalidTarget};

/// Everything the server needs to know to start.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// HTTPS and wss instead of HTTP and ws.
    pub tls: Option<TlsFiles>,
    /// Folder of the log and of whatever else must survive a restart.
    pub data: PathBuf,
    /// Keys that sign tokens. May be empty with `demo`: one is made then and kept in the data
    /// folder.
    pub api_keys: Vec<ApiKey>,
    /// Guests may log in, and streamers of our own keep them company.
    pub demo: bool,
    /// Where browsers reach the server, if not at the address it listens on.
    pub public_url: Option<String>,
    /// Origins that may open a socket, besides the server's own.
    pub allowed_origins: Vec<HeaderValue>,
    /// Origins whose pages may use REST. Empty: none.
    pub cors_origins: Vec<HeaderValue>,
    /// Endpoints that are put at every start.
    pub webhooks: Vec<WebhookTarget>,
    /// After how many days results and ledgers may go; `None` keeps them.
    pub ledger_retention_days: Option<u32>,
    /// Webhooks may go to this machine and to private networks.
    pub webhook_allow_private: bool,
    /// A file of authorities that webhooks believe besides those that browsers believe.
    pub webhook_ca: Option<PathBuf>,
    /// How long a webhook event is tried before it is a dead letter.
    pub webhook_give_up_ms: DurationMs,
    /// How long seats, connections and battles wait for a user who is offline.
    pub grace_ms: DurationMs,
    /// How long a live waits for its owner.
    pub owner_gone_ms: DurationMs,
    /// How often keys, addresses and users may come.
    pub admission: AdmissionLimits,
    /// What one socket may take; no flag changes it.
    pub socket: SocketLimits,
}

impl Config {
    /// The defaults, with the data in this folder.
    #[must_use]
    pub fn new(data: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            tls: None,
            data,
            api_keys: Vec::new(),
            demo: false,
            public_url: None,
            allowed_origins: Vec::new(),
            cors_origins: Vec::new(),
            webhooks: Vec::new(),
            ledger_retention_days: None,
            webhook_allow_private: false,
            webhook_ca: None,
            webhook_give_up_ms: GIVE_UP_MS,
            grace_ms: limits::DEFAULT_GRACE_MS,
            owner_gone_ms: limits::OWNER_GONE_MS,
            admission: AdmissionLimits::default(),
            socket: SocketLimits::default(),
        }
    }
}

/// Why a configuration is of no use. One sentence each that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("The configuration file {path} cannot be read: {source}.")]
    Unreadable { path: String, source: std::io::Error },
    #[error("The configuration file {path} is not valid{place}: {message}.")]
    Invalid { path: String, place: String, message: String },
    #[error("The secret in {path} cannot be read: {source}.", path = path.display())]
    SecretFile { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Key(#[from] InvalidApiKey),
    #[error(
        "Give an API key with --api-key ID:SECRET, make one with `duelcast-server key create ID`, or start with --demo to have one made."
    )]
    NoKey,
    #[error(
        "{0:?} is not an origin: write https://host or http://host:port, without a path or slash at its end."
    )]
    Origin(String),
    #[error("{0:?} is no address for --public-url: write https://host or http://host:port, without a path.")]
    PublicUrl(String),
    #[error(
        "--log {0:?} would log nothing of this server: write a level, such as info, or a target and a level, such as duelcast_server=debug; off logs nothing."
    )]
    Log(String),
    #[error("{0} is at most 24 hours.")]
    TooLong(&'static str),
    #[error("--limit-sockets is at least 1.")]
    NoSockets,
    #[error(transparent)]
    Webhook(#[from] InvalidTarget),
    #[error(transparent)]
    Rate(#[from] InvalidRate),
    #[error(transparent)]
    Proxy(#[from] InvalidNetwork),
    #[error("Give --tls-cert and --tls-key together.")]
    TlsHalf,
    #[error("Give --webhook and --webhook-secret together.")]
    WebhookHalf,
    #[error("A ledger is kept for at least one day; give --ledger-retention-days 1 or more.")]
    Retention,
    #[error("{0} is not a span of time: write 90s, 30m, 12h or 7d.")]
    Span(String),
}
