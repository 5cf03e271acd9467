//! The flags of `serve`, each also a variable `DUELCAST_…` and a line of a TOML file.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::{Args, builder::BoolishValueParser};
use duelcast_protocol::DurationMs;
use duelcast_webhooks::WebhookTarget;
use serde::Deserialize;
use tracing_subscriber::filter::Targets;

use super::{
    Config, ConfigError, TlsFiles,
    values::{self, parse_listen, parse_millis},
};
use crate::{
    admission::{AdmissionLimits, RateLimit, parse_network},
    auth::KeyFile,
};

const DEFAULT_DATA: &str = "./data";
const DEFAULT_LOG: &str = "info";
/// The longest grace, and the longest that a live waits for its owner.
const MAX_WAIT_MS: DurationMs = 24 * 3_600_000;
/// Names of the files in the folder that systemd names in `CREDENTIALS_DIRECTORY`.
const API_KEY_CREDENTIAL: &str = "duelcast-api-key";
const WEBHOOK_SECRET_CREDENTIAL: &str = "duelcast-webhook-secret";

/// Options as given; whatever is absent is looked for in the next place. Not `Debug`: some are
/// secrets.
#[derive(Clone, Default, Args, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Options {
    /// Address and port; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "DUELCAST_LISTEN", value_name = "ADDRESS", value_parser = parse_listen)]
    pub listen: Option<SocketAddr>,
    /// The certificate with its chain (PEM): serve HTTPS and wss; SIGHUP reads it again
    #[arg(long, env = "DUELCAST_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of that certificate (PEM)
    #[arg(long, env = "DUELCAST_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Folder for everything that must survive a restart [default: ./data]
    #[arg(long, env = "DUELCAST_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// A key that signs tokens; may be given more than once
    #[arg(long = "api-key", env = "DUELCAST_API_KEY", value_name = "ID:SECRET", hide_env_values = true)]
    #[serde(deserialize_with = "values::one_or_many")]
    pub api_key: Vec<String>,
    /// A file of such keys, one a line, which other users of the machine cannot see in a list of
    /// processes
    #[arg(long, env = "DUELCAST_API_KEY_FILE", value_name = "FILE")]
    pub api_key_file: Option<PathBuf>,
    /// Let guests in and keep them company with streamers of our own
    #[arg(long, env = "DUELCAST_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,
    /// Where browsers reach the server, if not at the address it listens on
    #[arg(long, env = "DUELCAST_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// An origin that may open sockets besides the server's own; may be given more than once
    #[arg(
        long = "allowed-origin",
        env = "DUELCAST_ALLOWED_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    #[serde(deserialize_with = "values::one_or_many")]
    pub allowed_origin: Vec<String>,
    /// An origin whose pages may use REST; may be given more than once
    #[arg(long = "cors-origin", env = "DUELCAST_CORS_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    #[serde(deserialize_with = "values::one_or_many")]
    pub cors_origin: Vec<String>,
    /// Where webhook events are posted to
    #[arg(long, env = "DUELCAST_WEBHOOK", value_name = "URL")]
    pub webhook: Option<String>,
    /// What webhooks are signed with
    #[arg(long, env = "DUELCAST_WEBHOOK_SECRET", value_name = "whsec_…", hide_env_values = true)]
    pub webhook_secret: Option<String>,
    /// A file with that secret
    #[arg(long, env = "DUELCAST_WEBHOOK_SECRET_FILE", value_name = "FILE")]
    pub webhook_secret_file: Option<PathBuf>,
    /// After how many days results and ledgers of battles may go [default: never]
    #[arg(long, env = "DUELCAST_LEDGER_RETENTION_DAYS", value_name = "DAYS")]
    pub ledger_retention_days: Option<u32>,
    /// Let webhooks go to this machine and to private networks
    #[arg(long, env = "DUELCAST_WEBHOOK_ALLOW_PRIVATE", value_parser = BoolishValueParser::new())]
    pub webhook_allow_private: bool,
    /// Authorities (PEM) that webhooks believe besides those that browsers believe
    #[arg(long, env = "DUELCAST_WEBHOOK_CA", value_name = "FILE")]
    pub webhook_ca: Option<PathBuf>,
    /// A proxy, or a network of proxies, whose X-Forwarded-For is believed; may be given more than
    /// once
    #[arg(
        long = "trusted-proxy",
        env = "DUELCAST_TRUSTED_PROXY",
        value_name = "ADDRESS",
        value_delimiter = ','
    )]
    #[serde(deserialize_with = "values::one_or_many")]
    pub trusted_proxy: Vec<String>,
    /// REST requests of one API key, a second and in a row [default: 2000:4000]
    #[arg(long, env = "DUELCAST_LIMIT_KEY", value_name = "RATE")]
    pub limit_key: Option<RateLimit>,
    /// Requests without a service token of one address [default: 100:1000]
    #[arg(long, env = "DUELCAST_LIMIT_ADDRESS", value_name = "RATE")]
    pub limit_address: Option<RateLimit>,
    /// Commands and logins of one user [default: 20:100]
    #[arg(long, env = "DUELCAST_LIMIT_USER", value_name = "RATE")]
    pub limit_user: Option<RateLimit>,
    /// New connections of one address [default: 100:1000]
    #[arg(long, env = "DUELCAST_LIMIT_CONNECTIONS", value_name = "RATE")]
    pub limit_connections: Option<RateLimit>,
    /// Open sockets of one address [default: 1000]
    #[arg(long, env = "DUELCAST_LIMIT_SOCKETS", value_name = "COUNT")]
    pub limit_sockets: Option<u32>,
    /// How long seats, connections and battles wait for a user who is offline: milliseconds, or
    /// with a unit such as 15s [default: 15000]
    #[arg(long, env = "DUELCAST_GRACE_MS", value_name = "MS", value_parser = parse_millis)]
    #[serde(deserialize_with = "values::millis")]
    pub grace_ms: Option<DurationMs>,
    /// How long a live waits for its owner, written the same way [default: 60000]
    #[arg(long, env = "DUELCAST_OWNER_GONE_MS", value_name = "MS", value_parser = parse_millis)]
    #[serde(deserialize_with = "values::millis")]
    pub owner_gone_ms: Option<DurationMs>,
    /// What to log to stderr, such as info or duelcast_server=debug [default: info]
    #[arg(long, env = "DUELCAST_LOG", value_name = "FILTER")]
    pub log: Option<String>,
}

impl Options {
    /// The options of a TOML file, with the names of the flags.
    ///
    /// # Errors
    /// If it cannot be read or says something else.
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: name.clone(), source })?;
        toml::from_str(&text).map_err(|error| ConfigError::Invalid {
            path: name,
            place: error.span().map_or_else(String::new, |span| values::place(&text, span.start)),
            message: error.message().to_owned(),
        })
    }

    /// These options with the secrets of the files that they name, and of systemd's credentials where
    /// no key or secret was given.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn with_secret_files(mut self, credentials: Option<&Path>) -> Result<Self, ConfigError> {
        let credential = |name| credentials.map(|folder| folder.join(name)).filter(|file| file.is_file());
        if self.api_key.is_empty() {
            let file = self.api_key_file.take().or_else(|| credential(API_KEY_CREDENTIAL));
            let text = file.map(|file| values::read_secret(&file)).transpose()?.unwrap_or_default();
            self.api_key =
                text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        }
        if self.webhook_secret.is_none() {
            let credential = || credential(WEBHOOK_SECRET_CREDENTIAL).filter(|_| self.webhook.is_some());
            let file = self.webhook_secret_file.take().or_else(credential);
            self.webhook_secret = file.map(|file| values::read_secret(&file)).transpose()?;
        }
        Ok(self)
    }

    /// What to log.
    ///
    /// # Errors
    /// If the filter would log nothing of this server.
    pub fn log_filter(&self) -> Result<Targets, ConfigError> {
        values::parse_log(self.log.as_deref().unwrap_or(DEFAULT_LOG))
    }

    /// These options, and where they are silent the others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            tls_cert: self.tls_cert.or(other.tls_cert),
            tls_key: self.tls_key.or(other.tls_key),
            data: self.data.or(other.data),
            api_key: first_given(self.api_key, other.api_key),
            api_key_file: self.api_key_file.or(other.api_key_file),
            demo: self.demo || other.demo,
            public_url: self.public_url.or(other.public_url),
            allowed_origin: first_given(self.allowed_origin, other.allowed_origin),
            cors_origin: first_given(self.cors_origin, other.cors_origin),
            webhook: self.webhook.or(other.webhook),
            webhook_secret: self.webhook_secret.or(other.webhook_secret),
            webhook_secret_file: self.webhook_secret_file.or(other.webhook_secret_file),
            ledger_retention_days: self.ledger_retention_days.or(other.ledger_retention_days),
            webhook_allow_private: self.webhook_allow_private || other.webhook_allow_private,
            webhook_ca: self.webhook_ca.or(other.webhook_ca),
            trusted_proxy: first_given(self.trusted_proxy, other.trusted_proxy),
            limit_key: self.limit_key.or(other.limit_key),
            limit_address: self.limit_address.or(other.limit_address),
            limit_user: self.limit_user.or(other.limit_user),
            limit_connections: self.limit_connections.or(other.limit_connections),
            limit_sockets: self.limit_sockets.or(other.limit_sockets),
            grace_ms: self.grace_ms.or(other.grace_ms),
            owner_gone_ms: self.owner_gone_ms.or(other.owner_gone_ms),
            log: self.log.or(other.log),
        }
    }

    /// Checks what was given and fills in the defaults.
    ///
    /// # Errors
    /// A [`ConfigError`] that says what to do.
    pub fn into_config(self) -> Result<Config, ConfigError> {
        let admission = self.admission_limits()?;
        let mut config = Config::new(self.data.unwrap_or_else(|| DEFAULT_DATA.into()));
        config.admission = admission;
        config.tls = match (self.tls_cert, self.tls_key) {
            (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(ConfigError::TlsHalf),
        };
        config.webhook_ca = self.webhook_ca;
        config.listen = self.listen.unwrap_or(config.listen);
        config.api_keys = self.api_key.iter().map(|key| key.parse()).collect::<Result<_, _>>()?;
        config.demo = self.demo;
        config.public_url = self.public_url.as_deref().map(values::parse_public_url).transpose()?;
        let origins =
            |given: &[String]| given.iter().map(|it| values::parse_origin(it)).collect::<Result<Vec<_>, _>>();
        config.allowed_origins = origins(&self.allowed_origin)?;
        config.cors_origins = origins(&self.cors_origin)?;
        if self.ledger_retention_days == Some(0) {
            return Err(ConfigError::Retention);
        }
        config.ledger_retention_days = self.ledger_retention_days;
        let waits = [("--grace-ms", self.grace_ms), ("--owner-gone-ms", self.owner_gone_ms)];
        if let Some((flag, _)) = waits.iter().find(|(_, wait)| wait.is_some_and(|ms| MAX_WAIT_MS < ms)) {
            return Err(ConfigError::TooLong(flag));
        }
        config.grace_ms = self.grace_ms.unwrap_or(config.grace_ms);
        config.owner_gone_ms = self.owner_gone_ms.unwrap_or(config.owner_gone_ms);
        config.webhooks = match (self.webhook, self.webhook_secret) {
            (Some(url), Some(secret)) => vec![WebhookTarget::new(&url, &secret)?],
            (None, None) => Vec::new(),
            (Some(_), None) | (None, Some(_)) => return Err(ConfigError::WebhookHalf),
        };
        config.webhook_allow_private = self.webhook_allow_private;
        let is_keyless = || KeyFile::of(&config.data).read().is_ok_and(|keys| keys.is_empty());
        if config.api_keys.is_empty() && !config.demo && is_keyless() {
            return Err(ConfigError::NoKey);
        }
        Ok(config)
    }

    fn admission_limits(&self) -> Result<AdmissionLimits, ConfigError> {
        let usual = AdmissionLimits::default();
        if self.limit_sockets == Some(0) {
            return Err(ConfigError::NoSockets);
        }
        let proxies = self.trusted_proxy.iter().map(|text| parse_network(text));
        Ok(AdmissionLimits {
            per_key: self.limit_key.unwrap_or(usual.per_key),
            per_address: self.limit_address.unwrap_or(usual.per_address),
            per_user: self.limit_user.unwrap_or(usual.per_user),
            connections: self.limit_connections.unwrap_or(usual.connections),
            sockets_per_address: self.limit_sockets.unwrap_or(usual.sockets_per_address),
            trusted_proxies: proxies.collect::<Result<_, _>>()?,
            spares_loopback: usual.spares_loopback,
        })
    }
}

fn first_given<T>(first: Vec<T>, second: Vec<T>) -> Vec<T> {
    if first.is_empty() { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "billing:0123456789abcdef0123456789abcdef";

    #[test]
    fn flags_take_precedence_over_the_file() {
        let file: Options = toml::from_str("listen = \"127.0.0.1:9\"\ngrace-ms = 7\n").unwrap();
        let flags = Options {
            listen: Some("127.0.0.1:0".parse().unwrap()),
            api_key: vec![KEY.into()],
            ..Options::default()
        };
        let config = flags.or(file).into_config().unwrap();
        assert_eq!((config.listen.port(), config.grace_ms), (0, 7));
    }

    #[test]
    fn a_file_with_an_unknown_name_is_refused() {
        assert!(toml::from_str::<Options>("lisen = \"127.0.0.1:9\"").is_err());
    }

    #[test]
    fn without_a_key_the_server_starts_only_as_a_demo() {
        assert!(matches!(Options::default().into_config(), Err(ConfigError::NoKey)));
        assert!(Options { demo: true, ..Options::default() }.into_config().is_ok());
    }

    #[test]
    fn a_file_names_rates_and_proxies() {
        let text =
            "demo = true\nlimit-key = \"5:9\"\nlimit-user = \"off\"\ntrusted-proxy = [\"10.0.0.0/8\"]\n";
        let config = toml::from_str::<Options>(text).unwrap().into_config().unwrap();
        assert_eq!(config.admission.per_key, "5:9".parse().unwrap());
        assert_eq!(config.admission.per_user, RateLimit::Off);
        assert_eq!(config.admission.per_address, AdmissionLimits::default().per_address);
        assert_eq!(config.admission.trusted_proxies.len(), 1);
        assert!(toml::from_str::<Options>("limit-key = \"5/s\"").is_err());
    }

    #[test]
    fn a_certificate_needs_its_key() {
        let half = Options { demo: true, tls_cert: Some("cert.pem".into()), ..Options::default() };
        assert!(matches!(half.into_config(), Err(ConfigError::TlsHalf)));
    }

    #[test]
    fn a_webhook_needs_its_secret() {
        let half = Options { demo: true, webhook: Some("http://127.0.0.1:9/".into()), ..Options::default() };
        assert!(matches!(half.into_config(), Err(ConfigError::WebhookHalf)));
    }

    #[test]
    fn values_that_would_break_later_are_refused_at_the_start() {
        let demo = || Options { demo: true, ..Options::default() };
        for wrong in [
            Options { public_url: Some("live.example".into()), ..demo() },
            Options { allowed_origin: vec!["https://app.example/".into()], ..demo() },
            Options { cors_origin: vec!["*".into()], ..demo() },
            Options { limit_sockets: Some(0), ..demo() },
            Options { grace_ms: Some(MAX_WAIT_MS + 1), ..demo() },
            Options { owner_gone_ms: Some(MAX_WAIT_MS + 1), ..demo() },
            Options { ledger_retention_days: Some(0), ..demo() },
        ] {
            assert!(wrong.into_config().is_err());
        }
    }

    #[test]
    fn an_error_of_the_file_names_its_line_and_key_and_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        fs::write(&path, format!("demo = true\napi-key = [\"{KEY}\", 5]\n")).unwrap();
        let error = Options::from_file(&path).err().unwrap().to_string();
        assert!(error.contains("line 2 (api-key)") && !error.contains("0123456789"), "{error}");
    }

    #[test]
    fn a_list_of_the_file_may_be_one_text_and_a_wait_may_have_a_unit() {
        let text = format!(
            "api-key = \"{KEY}\"\ntrusted-proxy = \"10.0.0.0/8\"\ngrace-ms = \"15s\"\nlog = \"debug\"\n"
        );
        let options: Options = toml::from_str(&text).unwrap();
        assert!(options.log_filter().is_ok());
        let config = options.into_config().unwrap();
        assert_eq!((config.api_keys.len(), config.grace_ms), (1, 15_000));
        assert_eq!(config.admission.trusted_proxies.len(), 1);
    }

    #[test]
    fn secrets_come_from_files_and_from_systemd() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(API_KEY_CREDENTIAL), format!("{KEY}\n\n")).unwrap();
        fs::write(folder.path().join("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
        let options = Options {
            webhook: Some("https://example.com/hook".into()),
            webhook_secret_file: Some(folder.path().join("secret")),
            ..Options::default()
        };
        let config = options.with_secret_files(Some(folder.path())).unwrap().into_config().unwrap();
        assert_eq!((config.api_keys.len(), config.webhooks.len()), (1, 1));
        let absent = Options { api_key_file: Some("absent".into()), ..Options::default() };
        assert!(absent.with_secret_files(None).is_err());
    }
}
