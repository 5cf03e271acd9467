//! The opening handshake (RFC 6455, section 4), and the way from an HTTP connection to a socket.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use duelcast_protocol::SUBPROTOCOL;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::{rt::TokioIo, server::conn::auto};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::server::TlsStream;
use tungstenite::{Error, error::ProtocolError, handshake::server::create_response_with_body};

use super::{PeerPermit, SocketEvents, SocketLimits, Transport, run, tls_stream::TlsTransport};

const VERSION: &str = "13";

/// Which pages may open a socket. One that sends no `Origin` is not a browser, and may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origins {
    Any,
    /// Those listed (`https://example.com`), and the one that the server itself is reached at.
    Listed(Vec<String>),
}

impl Origins {
    fn allow(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return true;
        };
        match (self, origin.to_str()) {
            (Self::Any, _) => true,
            (Self::Listed(_), Err(_)) => false,
            (Self::Listed(listed), Ok(origin)) => {
                listed.iter().any(|allowed| allowed == origin) || is_same_host(origin, headers)
            }
        }
    }
}

fn is_same_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin_host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some() && host == origin_host
}

/// Why a handshake is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpgradeRefusal {
    NotWebSocket,
    Version,
    Key,
    Subprotocol,
    Origin,
}

impl UpgradeRefusal {
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotWebSocket | Self::Version => StatusCode::UPGRADE_REQUIRED,
            Self::Key | Self::Subprotocol => StatusCode::BAD_REQUEST,
            Self::Origin => StatusCode::FORBIDDEN,
        }
    }

    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::NotWebSocket => "This address speaks WebSocket only.",
            Self::Version => "The WebSocket version must be 13.",
            Self::Key => "Sec-WebSocket-Key must be 16 bytes in base64.",
            Self::Subprotocol => "The subprotocol must be duelcast.v1.",
            Self::Origin => "Pages of this origin may not connect; add it to the allowed origins.",
        }
    }
}

impl From<Error> for UpgradeRefusal {
    fn from(error: Error) -> Self {
        #[allow(clippy::wildcard_enum_match_arm, reason = "the enums are not ours and grow")]
        match error {
            Error::Protocol(ProtocolError::MissingSecWebSocketVersionHeader) => Self::Version,
            Error::Protocol(
                ProtocolError::MissingSecWebSocketKey | ProtocolError::InvalidSecWebSocketKey,
            ) => Self::Key,
            _ => Self::NotWebSocket,
        }
    }
}

impl IntoResponse for UpgradeRefusal {
    fn into_response(self) -> Response {
        let headers = [(header::UPGRADE, "websocket"), (header::SEC_WEBSOCKET_VERSION, VERSION)];
        (self.status(), headers, self.message()).into_response()
    }
}

/// Answers a handshake; once the answer is out, a task of its own serves the socket.
///
/// # Panics
/// In that task, if the HTTP server was given neither a [`TcpStream`] nor one with TLS.
pub fn upgrade(
    mut request: Request,
    origins: &Origins,
    events: Arc<impl SocketEvents>,
    limits: SocketLimits,
) -> Result<Response, UpgradeRefusal> {
    let response = answer(&request, origins)?;
    let on_upgrade = request.extensions_mut().remove::<OnUpgrade>().ok_or(UpgradeRefusal::NotWebSocket)?;
    let permit = request.extensions_mut().remove::<PeerPermit>();
    tokio::spawn(async move {
        let _permit = permit;
        let Ok(upgraded) = on_upgrade.await else {
            return;
        };
        let (stream, already_read) = into_transport(upgraded);
        run(stream, already_read, events, limits).await;
    });
    Ok(response)
}

/// The stream, and what was read of it after the handshake.
fn into_transport(upgraded: Upgraded) -> (Transport, Bytes) {
    match into_io::<TcpStream>(upgraded) {
        Ok((tcp, already_read)) => (tcp.into(), already_read),
        Err(upgraded) => {
            let tls = into_io::<TlsStream<TcpStream>>(upgraded);
            let (stream, already_read) = tls.expect("the server listens on TCP, plain or with TLS");
            let (transport, decrypted) = TlsTransport::new(stream);
            (transport.into(), [already_read, decrypted].concat().into())
        }
    }
}

/// Whether hyper or hyper-util has served the connection.
fn into_io<Io: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    upgraded: Upgraded,
) -> Result<(Io, Bytes), Upgraded> {
    match auto::upgrade::downcast::<TokioIo<Io>>(upgraded) {
        Ok(parts) => Ok((parts.io.into_inner(), parts.read_buf)),
        Err(upgraded) => {
            let parts = upgraded.downcast::<TokioIo<Io>>()?;
            Ok((parts.io.into_inner(), parts.read_buf))
        }
    }
}

/// The answer to a handshake that is fine.
fn answer(request: &Request, origins: &Origins) -> Result<Response, UpgradeRefusal> {
    let mut response = create_response_with_body(request, Body::empty)?;
    let headers = request.headers();
    if headers.contains_key(header::SEC_WEBSOCKET_PROTOCOL) {
        if !has_token(headers, header::SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL) {
            return Err(UpgradeRefusal::Subprotocol);
        }
        let protocol = HeaderValue::from_static(SUBPROTOCOL);
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    if origins.allow(headers) {
        return Ok(response);
    }
    // Bounded by the size of a request's head, and escaped as a value.
    let origin = headers.get(header::ORIGIN);
    tracing::info!(?origin, "a page of this origin was refused; --allowed-origin lets it in");
    Err(UpgradeRefusal::Origin)
}

fn has_token(headers: &HeaderMap, name: header::HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE_KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

    fn handshake() -> HeaderMap {
        HeaderMap::from_iter([
            (header::HOST, HeaderValue::from_static("live.example:8080")),
            (header::CONNECTION, HeaderValue::from_static("keep-alive, Upgrade")),
            (header::UPGRADE, HeaderValue::from_static("WebSocket")),
            (header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")),
            (header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("other, duelcast.v1")),
            (header::SEC_WEBSOCKET_KEY, HeaderValue::from_static(SAMPLE_KEY)),
        ])
    }

    /// What the server answers to a handshake with these headers.
    fn check(headers: HeaderMap, origins: &Origins) -> Result<HeaderMap, UpgradeRefusal> {
        let mut request = Request::new(Body::empty());
        *request.headers_mut() = headers;
        answer(&request, origins).map(|response| response.headers().clone())
    }

    fn check_with(name: header::HeaderName, value: &'static str) -> Result<HeaderMap, UpgradeRefusal> {
        let mut headers = handshake();
        headers.insert(name, HeaderValue::from_static(value));
        check(headers, &Origins::Listed(vec!["https://app.example".to_owned()]))
    }

    #[test]
    fn the_key_of_the_standard_gets_the_answer_of_the_standard() {
        let answer = check(handshake(), &Origins::Any).unwrap();
        assert_eq!(answer[header::SEC_WEBSOCKET_ACCEPT], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assert_eq!(answer[header::SEC_WEBSOCKET_PROTOCOL], SUBPROTOCOL);
    }

    #[test]
    fn each_missing_piece_has_its_own_refusal() {
        for (name, value, refusal) in [
            (header::CONNECTION, "keep-alive", UpgradeRefusal::NotWebSocket),
            (header::UPGRADE, "h2c", UpgradeRefusal::NotWebSocket),
            (header::SEC_WEBSOCKET_VERSION, "8", UpgradeRefusal::Version),
            (header::SEC_WEBSOCKET_PROTOCOL, "duelcast.v2", UpgradeRefusal::Subprotocol),
            (header::SEC_WEBSOCKET_KEY, "c2hvcnQ=", UpgradeRefusal::Key),
        ] {
            assert_eq!(check_with(name, value), Err(refusal));
        }
    }

    #[test]
    fn a_client_that_names_no_subprotocol_gets_this_one() {
        let mut headers = handshake();
        headers.remove(header::SEC_WEBSOCKET_PROTOCOL);
        let answer = check(headers, &Origins::Any).unwrap();
        assert!(!answer.contains_key(header::SEC_WEBSOCKET_PROTOCOL));
    }

    #[test]
    fn pages_of_listed_origins_and_of_the_server_itself_may_connect() {
        for origin in ["https://app.example", "http://live.example:8080"] {
            assert!(check_with(header::ORIGIN, origin).is_ok(), "{origin}");
        }
        for origin in [
            "https://evil.example",
            "null",
            "http://live.example",
            "http://live.example:8080/",
            "http://live.example:8080.evil.example",
            "evil://live.example:8080",
            "://live.example:8080",
        ] {
            assert_eq!(check_with(header::ORIGIN, origin), Err(UpgradeRefusal::Origin), "{origin}");
        }
    }
}
