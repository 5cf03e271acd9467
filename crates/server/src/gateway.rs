//! Between sockets and the engine: reads JSON-RPC requests and checks tokens, away from the
//! engine's thread.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use duelcast_engine::Identity;
use duelcast_protocol::{
    ErrorCode, JSONRPC, Login, Rejection, Request, RequestId, RpcFailure, Strict, Unlogged, UserId, limits,
};
use duelcast_socket::{CloseCode, Delivery, Frame, Socket, SocketEvents};
use serde::Deserialize;
use serde_json::{error::Category, value::RawValue};

use crate::{
    admission::{Admission, CountedSocket},
    auth::Keys,
    engine::EngineHandle,
    metrics::SocketMetrics,
};

/// Bytes of a request's id, if it is a text.
const MAX_REQUEST_ID_BYTES: usize = 64;

/// What all sockets of this server share.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub engine: EngineHandle,
    pub keys: Arc<Keys>,
    pub admission: Arc<Admission>,
    pub metrics: SocketMetrics,
}

/// One socket: the user who has logged in on it, and its place in the counts.
#[derive(Debug)]
pub(crate) struct SocketSession {
    gateway: Arc<Gateway>,
    user: OnceLock<UserId>,
    _counted: Option<CountedSocket>,
}

impl SocketSession {
    pub(crate) fn new(gateway: Arc<Gateway>, counted: Option<CountedSocket>) -> Self {
        Self { gateway, user: OnceLock::new(), _counted: counted }
    }

    async fn login(&self, socket: &Socket, id: RequestId, login: &Login) {
        let claims = match self.gateway.keys.verify(&login.token) {
            Ok(claims) => claims,
            Err(rejection) => {
                refuse(socket, Some(id), &rejection);
                return socket.close(CloseCode::Unauthorized, rejection.sentence());
            }
        };
        if let Err(rejection) = self.gateway.admission.user(&claims.sub) {
            return refuse(socket, Some(id), &rejection);
        }
        if *self.user.get_or_init(|| claims.sub.clone()) != claims.sub {
            let other = Rejection::new(ErrorCode::InvalidRequest, "This socket is another user's.");
            return refuse(socket, Some(id), &other);
        }
        let identity = Identity { user: claims.user(), can_create_live: claims.create_live };
        self.gateway.engine.login(socket, id, identity).await;
    }

    /// Whether the user may give another command now. The engine refuses sockets without a login.
    fn admits_command(&self) -> Result<(), Rejection> {
        self.user.get().map_or(Ok(()), |user| self.gateway.admission.user(user))
    }
}

impl SocketEvents for SocketSession {
    async fn text(&self, socket: &Socket, text: &str) {
        let engine = &self.gateway.engine;
        match decode(text) {
            Ok((id, Request::Unlogged(Unlogged::Login(login)))) => self.login(socket, id, &login).await,
            Ok((id, Request::Unlogged(request))) => engine.unlogged(socket, id, request).await,
            Ok((id, Request::Action(action))) => match self.admits_command() {
                Ok(()) => engine.action(socket, id, action).await,
                Err(rejection) => refuse(socket, Some(id), &rejection),
            },
            Err((id, rejection)) => refuse(socket, id, &rejection),
        }
    }

    fn closed(&self, socket: &Socket) {
        self.gateway.metrics.count_close(socket.close_code());
        self.gateway.engine.closed(socket.id());
    }
}

fn refuse(socket: &Socket, id: Option<RequestId>, rejection: &Rejection) {
    if socket.send(&Frame::json(&RpcFailure::new(id, rejection))) == Delivery::Overflowed {
        tracing::debug!("who sends nonsense and reads nothing misses its errors");
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    id: RequestId,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
}

/// All that an answer to something that is no request needs.
#[derive(Deserialize)]
struct OnlyId {
    id: RequestId,
}

/// Reads a request. A refusal carries the request's id, if that could be read.
fn decode(text: &str) -> Result<(RequestId, Request), (Option<RequestId>, Rejection)> {
    let Strict(envelope): Strict<Envelope<'_>> = serde_json::from_str(text).map_err(|error| {
        let named = text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok()).flatten();
        (named.map(|OnlyId { id }| id).filter(is_fit), not_a_request(&error))
    })?;
    let Envelope { jsonrpc, id, method, params } = envelope;
    if !is_fit(&id) {
        let sentence =
            format!("An id is a number up to 2^53-1 or a text of at most {MAX_REQUEST_ID_BYTES} bytes.");
        return Err((None, Rejection::new(ErrorCode::InvalidRequest, sentence)));
    }
    let refuse = |rejection| (Some(id.clone()), rejection);
    if jsonrpc != JSONRPC {
        return Err(refuse(ErrorCode::InvalidRequest.into()));
    }
    let params = params.map_or("{}", RawValue::get);
    if !params.starts_with('{') {
        return Err(refuse(Rejection::new(ErrorCode::InvalidParams, "params must be an object.")));
    }
    match Request::decode(&method, &mut serde_json::Deserializer::from_str(params)) {
        Some(Ok(request)) => Ok((id, request)),
        Some(Err(error)) => Err(refuse(Rejection::new(ErrorCode::InvalidParams, error.to_string()))),
        None => Err(refuse(ErrorCode::MethodNotFound.into())),
    }
}

/// Whether the id comes back to the client as it was, at no great length.
fn is_fit(id: &RequestId) -> bool {
    match id {
        RequestId::Number(number) => *number <= limits::MAX_SAFE_INTEGER,
        RequestId::Text(text) => text.len() <= MAX_REQUEST_ID_BYTES,
    }
}

fn not_a_request(error: &serde_json::Error) -> Rejection {
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => ErrorCode::ParseError.into(),
        Category::Data => ErrorCode::InvalidRequest.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> (Option<RequestId>, ErrorCode) {
        let (id, rejection) = decode(text).unwrap_err();
        (id, rejection.code)
    }

    #[test]
    fn a_request_is_read() {
        let (id, request) = decode(r#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#).unwrap();
        assert_eq!(id, RequestId::Number(7));
        assert!(matches!(request, Request::Unlogged(Unlogged::Ping(_))));
    }

    #[test]
    fn invalid_json_and_requests_without_an_id_are_refused_without_an_id() {
        for text in ["", "{", "nonsense", r#"{"jsonrpc":"2.0","id":1,"method":"ping""#] {
            assert_eq!(refusal(text), (None, ErrorCode::ParseError), "{text}");
        }
        for text in ["[]", "1", "{}", r#"{"jsonrpc":"2.0","method":"ping"}"#] {
            assert_eq!(refusal(text), (None, ErrorCode::InvalidRequest), "{text}");
        }
    }

    #[test]
    fn an_array_is_no_request_and_an_unknown_member_is_refused() {
        for text in [r#"["2.0",77,"ping",{}]"#, "[77]", r#"[{"jsonrpc":"2.0","id":7,"method":"ping"}]"#] {
            assert_eq!(refusal(text), (None, ErrorCode::InvalidRequest), "{text}");
        }
        let id = Some(RequestId::Number(7));
        let unknown = r#"{"jsonrpc":"2.0","id":7,"method":"ping","token":"t"}"#;
        assert_eq!(refusal(unknown), (id.clone(), ErrorCode::InvalidRequest));
        let unknown = r#"{"jsonrpc":"2.0","id":7,"method":"ping","params":{"now":1}}"#;
        assert_eq!(refusal(unknown), (id, ErrorCode::InvalidParams));
    }

    #[test]
    fn an_id_that_would_not_come_back_as_it_was_is_refused() {
        for id in ["9007199254740992", "18446744073709551615", &format!("\"{}\"", "x".repeat(65))] {
            let text = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
            assert_eq!(refusal(&text), (None, ErrorCode::InvalidRequest), "{id}");
        }
    }

    #[test]
    fn an_invalid_request_with_an_id_is_refused_with_that_id() {
        for text in [r#"{"jsonrpc":"2.0","id":7}"#, r#"{"jsonrpc":"2.0","id":7,"method":5}"#] {
            assert_eq!(refusal(text), (Some(RequestId::Number(7)), ErrorCode::InvalidRequest), "{text}");
        }
    }

    #[test]
    fn a_refused_request_is_named_by_its_id() {
        let id = Some(RequestId::Text("a".to_owned()));
        for (text, code) in [
            (r#"{"jsonrpc":"1.0","id":"a","method":"ping"}"#, ErrorCode::InvalidRequest),
            (r#"{"jsonrpc":"2.0","id":"a","method":"fly"}"#, ErrorCode::MethodNotFound),
            (r#"{"jsonrpc":"2.0","id":"a","method":"endLive","params":{}}"#, ErrorCode::InvalidParams),
            (r#"{"jsonrpc":"2.0","id":"a","method":"ping","params":[]}"#, ErrorCode::InvalidParams),
        ] {
            assert_eq!(refusal(text), (id.clone(), code), "{text}");
        }
    }
}
