//! A client of the public protocol: one socket, one request at a time.

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

use duelcast_protocol::{
    Action, JSONRPC, Login, Method, Notification, Rejection, Request, RequestId, RpcError, SUBPROTOCOL,
    Unlogged, UserId,
};
use futures_util::{SinkExt, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, Utf8Bytes, client::IntoClientRequest, http::HeaderValue},
};
use tracing::debug;

use crate::auth::{ApiKey, Claims, mint};

const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
const TOKEN_TTL: Duration = Duration::from_secs(24 * 3_600);
/// Notifications that came before an answer and are not read yet; more than this, and something is
/// wrong.
const MAX_UNREAD: usize = 10_000;

/// Where the server is, and what opens it.
#[derive(Debug, Clone)]
pub struct Access {
    pub address: SocketAddr,
    pub key: ApiKey,
}

/// Why a call did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error("the socket is lost: {0}")]
    Lost(String),
    #[error(transparent)]
    Refused(#[from] Rejection),
}

/// A socket that is logged in.
pub struct Client {
    socket: WebSocketStream<TcpStream>,
    last_id: u64,
    unread: VecDeque<Notification>,
}

impl Client {
    /// Connects and logs in.
    pub async fn log_in(
        access: &Access,
        user: UserId,
        name: &str,
        create_live: bool,
    ) -> Result<Self, CallError> {
        let mut request = format!("ws://{}/v1/ws", access.address).into_client_request().map_err(lost)?;
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(SUBPROTOCOL));
        let stream = TcpStream::connect(access.address).await.map_err(lost)?;
        let (socket, _) = client_async(request, stream).await.map_err(lost)?;
        let mut client = Self { socket, last_id: 0, unread: VecDeque::new() };
        let claims = Claims { create_live, ..Claims::new(&access.key.id, user, name, TOKEN_TTL) };
        client.call(Login { token: mint(&access.key, &claims) }).await?;
        Ok(client)
    }

    /// Calls a method and waits for its answer.
    pub async fn call<M: Method>(&mut self, params: M) -> Result<M::Reply, CallError> {
        let result = self.send_and_wait(&Call::Typed { method: M::NAME, params }).await?;
        serde_json::from_str(result.get()).map_err(lost)
    }

    /// Does something whose answer does not matter. A refusal is part of life.
    pub async fn perform(&mut self, request: Request) -> Result<(), CallError> {
        let call: Call<()> = match request {
            Request::Unlogged(query) => Call::Unlogged(query),
            Request::Action(action) => Call::Action(action),
        };
        match self.send_and_wait(&call).await {
            Err(CallError::Refused(rejection)) => debug!(%rejection, ?call, "a demo bot is refused"),
            other => drop(other?),
        }
        Ok(())
    }

    /// The next thing the server says unasked. May be dropped while waiting; nothing is lost.
    pub async fn next(&mut self) -> Result<Notification, CallError> {
        loop {
            if let Some(notification) = self.unread.pop_front() {
                return Ok(notification);
            }
            let text = self.read().await?;
            self.keep(&text)?;
        }
    }

    async fn send_and_wait<M: Serialize>(&mut self, call: &Call<M>) -> Result<Box<RawValue>, CallError> {
        self.last_id += 1;
        let request = RequestEnvelope { jsonrpc: JSONRPC, id: self.last_id, call };
        let text = serde_json::to_string(&request).map_err(lost)?;
        self.socket.send(Message::text(text)).await.map_err(lost)?;
        timeout(ANSWER_TIMEOUT, self.answer()).await.map_err(|_| CallError::Lost("no answer".to_owned()))?
    }

    async fn answer(&mut self) -> Result<Box<RawValue>, CallError> {
        loop {
            let text = self.read().await?;
            let RpcAnswer { id, result, error } = serde_json::from_str(&text).map_err(lost)?;
            if id != Some(RequestId::Number(self.last_id)) {
                self.keep(&text)?;
            } else if let Some(error) = error {
                return Err(Rejection::from(error).into());
            } else {
                return result.ok_or_else(|| CallError::Lost("an answer without result".to_owned()));
            }
        }
    }

    fn keep(&mut self, text: &str) -> Result<(), CallError> {
        if self.unread.len() >= MAX_UNREAD {
            return Err(CallError::Lost("too much is unread".to_owned()));
        }
        self.unread.push_back(serde_json::from_str(text).map_err(lost)?);
        Ok(())
    }

    async fn read(&mut self) -> Result<Utf8Bytes, CallError> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text),
                Some(Ok(Message::Close(frame))) => {
                    let reason = frame.map_or_else(|| "closed".to_owned(), |frame| frame.to_string());
                    return Err(CallError::Lost(reason));
                }
                Some(Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Err(error)) => return Err(lost(error)),
                None => return Err(CallError::Lost("closed".to_owned())),
            }
        }
    }
}

fn lost(error: impl std::fmt::Display) -> CallError {
    CallError::Lost(error.to_string())
}

#[derive(Serialize)]
struct RequestEnvelope<'a, M> {
    jsonrpc: &'static str,
    id: u64,
    #[serde(flatten)]
    call: &'a Call<M>,
}

/// A method and its parameters.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Call<M> {
    Typed { method: &'static str, params: M },
    Unlogged(Unlogged),
    Action(Action),
}

#[derive(Deserialize)]
struct RpcAnswer {
    id: Option<RequestId>,
    result: Option<Box<RawValue>>,
    error: Option<RpcError>,
}
