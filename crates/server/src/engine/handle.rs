//! How the rest of the server talks to the engine.

use duelcast_engine::{Identity, Input, ServiceAnswer};
use duelcast_log::OutboxTrim;
use duelcast_protocol::{Action, ErrorCode, KeyId, Rejection, RequestId, Unlogged};
use duelcast_realm::{Reply, ServiceAction};
use duelcast_socket::{Socket, SocketId};
use tokio::sync::{mpsc, oneshot};

use super::{
    Done, Engine,
    socket::{EngineSocket, socket_id},
};

/// What the engine's thread is asked for.
#[allow(clippy::large_enum_variant, reason = "nearly all requests are inputs")]
pub(super) enum Request {
    Input(Input<EngineSocket>),
    Read(Box<dyn FnOnce(&Engine) + Send>),
    Shutdown(Done),
}

/// The way to the engine's thread. Sending waits while the engine is busy.
#[derive(Debug, Clone)]
pub(crate) struct EngineHandle(mpsc::Sender<Request>);

impl EngineHandle {
    pub(super) fn new(inputs: mpsc::Sender<Request>) -> Self {
        Self(inputs)
    }

    pub(crate) async fn login(&self, socket: &Socket, id: RequestId, identity: Identity) {
        self.input(Input::Login { socket: socket.into(), id, identity: Box::new(identity) }).await;
    }

    pub(crate) async fn unlogged(&self, socket: &Socket, id: RequestId, request: Unlogged) {
        self.input(Input::Unlogged { socket: socket.into(), id, request }).await;
    }

    pub(crate) async fn action(&self, socket: &Socket, id: RequestId, action: Action) {
        self.input(Input::Action { socket: socket.into(), id, action }).await;
    }

    /// Reports a closed socket without waiting.
    pub(crate) fn closed(&self, socket: SocketId) {
        let closed = Request::Input(Input::Closed(socket_id(socket)));
        if let Err(mpsc::error::TrySendError::Full(request)) = self.0.try_send(closed) {
            let handle = self.clone();
            tokio::spawn(async move { handle.send(request).await });
        }
    }

    /// Gives a back end's command and waits until it is durable and applied.
    ///
    /// # Errors
    /// What the realm says, or `unavailable`.
    pub(crate) async fn command(&self, key_id: KeyId, action: ServiceAction) -> Result<Reply, Rejection> {
        self.ask(|answer| {
            let answer = ServiceAnswer::new(move |reply| answer_if_awaited(answer, reply));
            Request::Input(Input::Service { key_id, action, answer })
        })
        .await?
    }

    /// Looks at the engine's state.
    ///
    /// # Errors
    /// `unavailable` if the engine has ended.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Engine) -> T + Send + 'static,
    ) -> Result<T, Rejection> {
        self.ask(|answer| Request::Read(Box::new(move |engine| answer_if_awaited(answer, read(engine)))))
            .await
    }

    /// Waits until what was applied before is durable as ledger lines, battles and webhook events
    /// as well.
    ///
    /// # Errors
    /// `unavailable` if the engine has ended.
    pub(crate) async fn barrier(&self) -> Result<(), Rejection> {
        self.ask(|done| Request::Input(Input::Barrier(done))).await
    }

    /// Advances the retention watermark of the outbox to this `seq`.
    pub(crate) async fn trim_outbox(&self, seq: u64) {
        self.input(Input::Trim(OutboxTrim { seq })).await;
    }

    /// Closes all sockets, keeps the state, and ends the engine.
    pub(crate) async fn shut_down(&self) {
        if self.ask(Request::Shutdown).await.is_err() {
            tracing::debug!("the engine has ended before");
        }
    }

    async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> Result<T, Rejection> {
        let (sender, answer) = oneshot::channel();
        self.send(request(sender)).await;
        answer.await.map_err(|_| ErrorCode::Unavailable.into())
    }

    async fn input(&self, input: Input<EngineSocket>) {
        self.send(Request::Input(input)).await;
    }

    async fn send(&self, request: Request) {
        if self.0.send(request).await.is_err() {
            tracing::debug!("the engine has ended");
        }
    }
}

fn answer_if_awaited<T>(asker: oneshot::Sender<T>, answer: T) {
    if asker.send(answer).is_err() {
        tracing::debug!("the caller of this request is gone");
    }
}
