//! Posting one webhook: to an address that was checked, over a connection of its own, without following redirects.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use duelcast_secrets::Secret;
use http_body_util::Full;
use hyper::{
    Request, StatusCode, Uri,
    client::conn::http1,
    header,
    rt::{Read, Write},
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, pki_types::ServerName},
};

use super::{address::is_public, signature::sign};

/// How long an endpoint may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// Bytes of an answer's head at most; its body is not read.
const MAX_HEAD_BYTES: usize = 16 * 1_024;
const HTTP_PORT: u16 = 80;
const HTTPS_PORT: u16 = 443;

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum PostError {
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(#[from] io::Error),
    #[error("no TLS with the endpoint: {0}")]
    Tls(io::Error),
    #[error("the endpoint broke off: {0}")]
    Broken(#[from] hyper::Error),
    #[error("the endpoint's address is private")]
    Private,
    #[error("the endpoint answered {0}")]
    Refused(StatusCode),
    #[error("the endpoint did not answer in time")]
    TimedOut,
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
    /// Addresses of this machine and of private networks are fine as well.
    is_private_allowed: bool,
    /// Whom to believe.
    tls: Arc<ClientConfig>,
}

impl WebhookClient {
    pub(super) fn new(is_private_allowed: bool, tls: Arc<ClientConfig>) -> Self {
        Self { is_private_allowed, tls }
    }

    /// Done when the endpoint answers with a success.
    pub(super) async fn post(&self, request: WebhookRequest<'_>) -> Result<(), PostError> {
        let status =
            timeout(ANSWER_TIMEOUT, self.exchange(request)).await.map_err(|_| PostError::TimedOut)??;
        if status.is_success() { Ok(()) } else { Err(PostError::Refused(status)) }
    }

    async fn exchange(&self, request: WebhookRequest<'_>) -> Result<StatusCode, PostError> {
        let stream = self.connect(request.url).await?;
        if is_secure(request.url) {
            let stream = self.agree(request.url, stream).await.map_err(PostError::Tls)?;
            return converse(TokioIo::new(stream), request).await;
        }
        converse(TokioIo::new(stream), request).await
    }

    /// Looks the name up once and connects to what was found, so that what is checked is what is used.
    async fn connect(&self, url: &Uri) -> Result<TcpStream, PostError> {
        let usual_port = if is_secure(url) { HTTPS_PORT } else { HTTP_PORT };
        let port = url.port_u16().unwrap_or(usual_port);
        let found: Vec<SocketAddr> = lookup_host((host(url), port)).await?.collect();
        let allowed: Vec<SocketAddr> = found.into_iter().filter(|found| self.allows(found.ip())).collect();
        if allowed.is_empty() {
            return Err(PostError::Private);
        }
        Ok(TcpStream::connect(allowed.as_slice()).await?)
    }

    /// TLS over that connection, with whoever proves to have the name in the address.
    async fn agree(&self, url: &Uri, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let name = ServerName::try_from(host(url).to_owned()).map_err(io::Error::other)?;
        TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await
    }

    pub(super) fn allows(&self, ip: IpAddr) -> bool {
        self.is_private_allowed || is_public(ip)
    }
}

async fn converse(
    io: impl Read + Write + Unpin + Send + 'static,
    request: WebhookRequest<'_>,
) -> Result<StatusCode, PostError> {
    let (mut sender, connection) = http1::Builder::new().max_buf_size(MAX_HEAD_BYTES).handshake(io).await?;
    let answer = sender.send_request(http_request(request));
    tokio::pin!(answer);
    tokio::select! {
        answer = &mut answer => return Ok(answer?.status()),
        ended = connection => ended?,
    }
    Ok(answer.await?.status())
}

fn is_secure(url: &Uri) -> bool {
    url.scheme_str() == Some("https")
}

/// Name or address, an IPv6 address without its brackets.
pub(super) fn host(url: &Uri) -> &str {
    url.host().unwrap_or_default().trim_matches(['[', ']'])
}

fn http_request(request: WebhookRequest<'_>) -> Request<Full<Bytes>> {
    let WebhookRequest { url, secrets, id, body } = request;
    let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let signatures: Vec<String> = secrets.iter().map(|secret| sign(secret, id, timestamp, &body)).collect();
    Request::post(url.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, url.authority().map_or("", |authority| authority.as_str()))
        .header(header::CONTENT_TYPE, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signatures.join(" "))
        .body(Full::from(body))
        .expect("an address that was checked and plain headers make a request")
}
