//! How the rest of the server talks to the engine.

use duelcast_log::OutboxTrim;
use duelcast_protocol::{Action, ErrorCode, KeyId, Query, Rejection, RequestId};
use duelcast_realm::{Reply, ServiceAction};
use duelcast_socket::{Socket, SocketId};
use tokio::sync::{mpsc, oneshot};

use super::{Done, Engine};
use crate::auth::Claims;

pub(super) type ServiceAnswer = oneshot::Sender<Result<Reply, Rejection>>;

/// Something for the engine to do.
pub(super) enum Input {
    Login { socket: Socket, id: RequestId, claims: Box<Claims> },
    Query { socket: Socket, id: RequestId, query: Query },
    Action { socket: Socket, id: RequestId, action: Action },
    Closed(SocketId),
    Service { key_id: KeyId, action: ServiceAction, answer: ServiceAnswer },
    Read(Box<dyn FnOnce(&Engine) + Send>),
    TrimOutbox(OutboxTrim),
    Barrier(Done),
    Shutdown(Done),
}

/// The engine's end for everybody else. Sending waits while the engine is busy.
#[derive(Debug, Clone)]
pub(crate) struct EngineHandle(mpsc::Sender<Input>);

impl EngineHandle {
    pub(super) fn new(inputs: mpsc::Sender<Input>) -> Self {
        Self(inputs)
    }

    pub(crate) async fn login(&self, socket: &Socket, id: RequestId, claims: Claims) {
        self.send(Input::Login { socket: socket.clone(), id, claims: Box::new(claims) }).await;
    }

    pub(crate) async fn query(&self, socket: &Socket, id: RequestId, query: Query) {
        self.send(Input::Query { socket: socket.clone(), id, query }).await;
    }

    pub(crate) async fn action(&self, socket: &Socket, id: RequestId, action: Action) {
        self.send(Input::Action { socket: socket.clone(), id, action }).await;
    }

    /// Reports a closed socket without waiting.
    pub(crate) fn closed(&self, socket: SocketId) {
        if let Err(mpsc::error::TrySendError::Full(input)) = self.0.try_send(Input::Closed(socket)) {
            let handle = self.clone();
            tokio::spawn(async move { handle.send(input).await });
        }
    }

    /// Gives a back end's command and waits until it is durable and applied.
    ///
    /// # Errors
    /// What the realm says, or `unavailable`.
    pub(crate) async fn command(&self, key_id: KeyId, action: ServiceAction) -> Result<Reply, Rejection> {
        self.ask(|answer| Input::Service { key_id, action, answer }).await?
    }

    /// Looks at the engine's state.
    ///
    /// # Errors
    /// `unavailable` if the engine has ended.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Engine) -> T + Send + 'static,
    ) -> Result<T, Rejection> {
        self.ask(|answer| {
            Input::Read(Box::new(move |engine| {
                if answer.send(read(engine)).is_err() {
                    tracing::debug!("nobody waits for this answer any more");
                }
            }))
        })
        .await
    }

    /// Waits until what was applied before is durable as ledger lines, battles and facts as well.
    ///
    /// # Errors
    /// `unavailable` if the engine has ended.
    pub(crate) async fn barrier(&self) -> Result<(), Rejection> {
        self.ask(Input::Barrier).await
    }

    /// Lets facts up to this `seq` go from the outbox.
    pub(crate) async fn trim_outbox(&self, seq: u64) {
        self.send(Input::TrimOutbox(OutboxTrim { seq })).await;
    }

    /// Closes all sockets, keeps the state, and ends the engine.
    pub(crate) async fn shut_down(&self) {
        if self.ask(Input::Shutdown).await.is_err() {
            tracing::debug!("the engine has ended before");
        }
    }

    async fn ask<T>(&self, input: impl FnOnce(oneshot::Sender<T>) -> Input) -> Result<T, Rejection> {
        let (sender, answer) = oneshot::channel();
        self.send(input(sender)).await;
        answer.await.map_err(|_| ErrorCode::Unavailable.into())
    }

    async fn send(&self, input: Input) {
        if self.0.send(input).await.is_err() {
            tracing::debug!("the engine has ended");
        }
    }
}
