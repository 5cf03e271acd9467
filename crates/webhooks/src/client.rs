//! Posting one webhook: to an address that was checked, without following redirects or asking a
//! proxy.
//!
//! Connections are kept and used again. The body of an answer is not read; its head is bounded by
//! hyper, to about 400 KiB.

use std::{
    error::Error,
    io,
    net::{IpAddr, SocketAddr},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use duelcast_secrets::Secret;
use hyper::{StatusCode, Uri, header};
use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use tokio::net::lookup_host;
use tokio_rustls::rustls::{self, ClientConfig};

use super::{address::is_public, signature::sign};

/// How long an endpoint may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a connection without a request is kept; most servers wait longer.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);
/// Idle connections to one host, at most.
const MAX_IDLE: usize = 2;

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum PostError {
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(String),
    #[error("no TLS with the endpoint: {0}")]
    Tls(rustls::Error),
    #[error("the endpoint broke off: {0}")]
    Broken(String),
    #[error("the endpoint's address is private")]
    Private,
    #[error("the endpoint answered {0}")]
    Refused(StatusCode),
    #[error("the endpoint did not answer in time")]
    TimedOut,
}

impl From<reqwest::Error> for PostError {
    fn from(error: reqwest::Error) -> Self {
        if find::<PrivateAddress>(&error).is_some() {
            Self::Private
        } else if let Some(error) = find::<rustls::Error>(&error) {
            Self::Tls(error.clone())
        } else if error.is_timeout() {
            Self::TimedOut
        } else if error.is_connect() {
            Self::Unreachable(cause(&error))
        } else {
            Self::Broken(cause(&error))
        }
    }
}

/// One webhook, ready to go.
pub(super) struct WebhookRequest<'a> {
    pub url: &'a Uri,
    /// Every secret that signs now, the newest first.
    pub secrets: &'a [Secret],
    pub id: &'a str,
    pub body: String,
}

#[derive(Debug, Clone)]
pub(super) struct WebhookClient {
    http: Client,
    addresses: AddressFilter,
}

impl WebhookClient {
    /// `is_private_allowed`: webhooks may go to addresses of this machine and of private networks
    /// as well.
    pub(super) fn new(is_private_allowed: bool, tls: &ClientConfig) -> Self {
        let addresses = AddressFilter { is_private_allowed };
        let http = Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .dns_resolver(addresses)
            .redirect(Policy::none())
            // A proxy would connect to an address that was not checked.
            .no_proxy()
            .timeout(ANSWER_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(MAX_IDLE)
            .build()
            .expect("these settings need nothing of the system");
        Self { http, addresses }
    }

    /// Done when the endpoint answers with a success.
    pub(super) async fn post(&self, webhook: WebhookRequest<'_>) -> Result<(), PostError> {
        let WebhookRequest { url, secrets, id, body } = webhook;
        let url = self.destination(url)?;
        let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let signatures: Vec<String> =
            secrets.iter().map(|secret| sign(secret, id, timestamp, &body)).collect();
        let request = self
            .http
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signatures.join(" "))
            .body(body);
        let status = request.send().await?.status();
        if status.is_success() { Ok(()) } else { Err(PostError::Refused(status)) }
    }

    /// The address as it is connected to. An IP address in it, however it is written, is checked
    /// here, since it is not looked up.
    ///
    /// # Errors
    /// If it is private, or no address.
    pub(super) fn destination(&self, url: &Uri) -> Result<Url, PostError> {
        let url = Url::parse(&url.to_string()).map_err(|error| PostError::Unreachable(error.to_string()))?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        if host.parse().is_ok_and(|ip| !self.addresses.allows(ip)) {
            return Err(PostError::Private);
        }
        Ok(url)
    }
}

/// Looks names up once and gives only the addresses that may be connected to, so that what is
/// checked is what is used.
#[derive(Debug, Clone, Copy)]
struct AddressFilter {
    is_private_allowed: bool,
}

impl AddressFilter {
    fn allows(self, ip: IpAddr) -> bool {
        self.is_private_allowed || is_public(ip)
    }
}

impl Resolve for AddressFilter {
    fn resolve(&self, name: Name) -> Resolving {
        let filter = *self;
        Box::pin(async move {
            // The client puts in the port of the address it was given.
            let found = lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|found| filter.allows(found.ip())).collect();
            if allowed.is_empty() {
                return Err(PrivateAddress.into());
            }
            let allowed: Addrs = Box::new(allowed.into_iter());
            Ok(allowed)
        })
    }
}

/// A name led to private addresses only.
#[derive(Debug, thiserror::Error)]
#[error("the address is private")]
struct PrivateAddress;

/// The error of this type among those that led to an error.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let found = error.downcast_ref::<E>();
    found.or_else(|| inner(error).and_then(find))
}

/// What the first of the errors says that led to this one.
fn cause(mut error: &(dyn Error + 'static)) -> String {
    while let Some(inner) = inner(error) {
        error = inner;
    }
    error.to_string()
}

/// The error behind this one. `io::Error` passes over the error that it holds.
fn inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => Some(held),
        None => error.source(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio_rustls::rustls::{RootCertStore, crypto::ring};

    use super::*;

    fn client(is_private_allowed: bool) -> WebhookClient {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let tls = tls.with_safe_default_protocol_versions().unwrap();
        let tls = tls.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
        WebhookClient::new(is_private_allowed, &tls)
    }

    #[test]
    fn a_private_address_is_refused_however_it_is_written() {
        for url in [
            "http://127.0.0.1/",
            "http://127.0.0.1./",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1:8080/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "http://169.254.169.254/latest",
        ] {
            let url = url.parse().unwrap();
            assert!(matches!(client(false).destination(&url), Err(PostError::Private)), "{url}");
            assert!(client(true).destination(&url).is_ok(), "{url}");
        }
        for url in ["https://back.example/hook", "http://1.1.1.1/", "https://[2606:4700::1111]/"] {
            assert!(client(false).destination(&url.parse().unwrap()).is_ok(), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_of_this_machine_resolves_to_nothing_unless_that_is_allowed() {
        let resolve =
            |is_private_allowed| AddressFilter { is_private_allowed }.resolve("localhost".parse().unwrap());
        assert!(resolve(false).await.err().unwrap().is::<PrivateAddress>());
        assert!(resolve(true).await.unwrap().all(|address| address.ip().is_loopback()));
    }
}
