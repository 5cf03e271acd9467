//! JSON-RPC 2.0 envelopes. Batches are not supported.

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::value::RawValue;

use crate::{DurationMs, ErrorCode, EventFrame, LiveSnapshot, Rejection, Volatile};

/// The value of `jsonrpc`.
pub const JSONRPC: &str = "2.0";

/// The id of a request: a number up to [`crate::limits::MAX_SAFE_INTEGER`], or a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RequestId {
    Number(u64),
    Text(String),
}

/// The envelope of an outgoing request.
#[derive(Debug, Clone, Serialize)]
pub struct RpcRequest<'a, P> {
    pub jsonrpc: &'static str,
    pub id: RequestId,
    pub method: &'a str,
    pub params: P,
}

impl<'a, P> RpcRequest<'a, P> {
    pub fn new(id: RequestId, method: &'a str, params: P) -> Self {
        Self { jsonrpc: JSONRPC, id, method, params }
    }
}

/// The envelope of an outgoing result.
#[derive(Debug, Clone, Serialize)]
pub struct RpcResult<R> {
    pub jsonrpc: &'static str,
    pub id: RequestId,
    pub result: R,
}

impl<R> RpcResult<R> {
    pub fn new(id: RequestId, result: R) -> Self {
        Self { jsonrpc: JSONRPC, id, result }
    }
}

/// The envelope of an outgoing error. `id` is null if the request's id could not be read.
#[derive(Debug, Clone, Serialize)]
pub struct RpcFailure {
    pub jsonrpc: &'static str,
    pub id: Option<RequestId>,
    pub error: RpcError,
}

impl RpcFailure {
    #[must_use]
    pub fn new(id: Option<RequestId>, rejection: &Rejection) -> Self {
        Self { jsonrpc: JSONRPC, id, error: rejection.into() }
    }
}

/// The `error` member of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RpcError {
    /// A number of [`ErrorCode`].
    pub code: i32,
    pub message: String,
    #[serde(default)]
    pub data: RpcErrorData,
}

/// The `data` member of an error.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RpcErrorData {
    pub name: String,
    pub retryable: bool,
    /// After how many milliseconds the same request may succeed, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<DurationMs>,
}

impl From<&Rejection> for RpcError {
    fn from(rejection: &Rejection) -> Self {
        Self {
            code: rejection.code.number(),
            message: rejection.sentence().to_owned(),
            data: RpcErrorData {
                name: rejection.code.name().to_owned(),
                retryable: rejection.code.is_retryable(),
                retry_after_ms: rejection.retry_after_ms,
            },
        }
    }
}

impl From<RpcError> for Rejection {
    fn from(error: RpcError) -> Self {
        let code = ErrorCode::from_number(error.code).unwrap_or(ErrorCode::Internal);
        Rejection { retry_after_ms: error.data.retry_after_ms, ..Rejection::new(code, error.message) }
    }
}

/// A message that the server sends without a request. On the wire
/// `{"jsonrpc":"2.0","method":…,"params":…}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "method", content = "params", rename_all = "camelCase")]
#[allow(clippy::large_enum_variant, reason = "the largest is the most frequent, and none is kept")]
pub enum Notification {
    /// An event of a live.
    Event(EventFrame),
    /// The newest values of a live.
    Volatile(Volatile),
    /// The socket was too slow and events were dropped. Replaces the client's state of the live.
    Snapshot(Box<LiveSnapshot>),
    /// The same user logged in elsewhere. The server closes the socket after this message.
    KickedByOtherSession {},
}

impl Notification {
    /// Reads a notification from the `method` and `params` of its frame.
    ///
    /// # Errors
    /// When the method is unknown or the parameters are not those of the method.
    pub fn from_frame(method: &str, params: &str) -> Result<Self, serde_json::Error> {
        const METHODS: &[&str] = &["event", "volatile", "snapshot", "kickedByOtherSession"];
        match method {
            "event" => serde_json::from_str(params).map(Self::Event),
            "volatile" => serde_json::from_str(params).map(Self::Volatile),
            "snapshot" => serde_json::from_str(params).map(Self::Snapshot),
            "kickedByOtherSession" => Ok(Self::KickedByOtherSession {}),
            _ => Err(de::Error::unknown_variant(method, METHODS)),
        }
    }
}

/// The format must be JSON.
impl<'de> Deserialize<'de> for Notification {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Frame {
            method: String,
            params: Box<RawValue>,
        }
        let Frame { method, params } = Frame::deserialize(deserializer)?;
        Self::from_frame(&method, params.get()).map_err(de::Error::custom)
    }
}

/// The envelope of an outgoing notification.
#[derive(Debug, Clone, Serialize)]
pub struct RpcNotification<'a> {
    pub jsonrpc: &'static str,
    #[serde(flatten)]
    pub notification: &'a Notification,
}

impl<'a> From<&'a Notification> for RpcNotification<'a> {
    fn from(notification: &'a Notification) -> Self {
        Self { jsonrpc: JSONRPC, notification }
    }
}
