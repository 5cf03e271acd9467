//! Who waits for an entry to be applied.

use std::fmt;

use duelcast_protocol::{Rejection, RequestId, SessionId};
use duelcast_realm::{Command, Reply};

use super::client::SocketId;

/// Takes the answer to a back end's command.
pub struct ServiceAnswer(Box<dyn FnOnce(Result<Reply, Rejection>) + Send>);

impl ServiceAnswer {
    pub fn new(take: impl FnOnce(Result<Reply, Rejection>) + Send + 'static) -> Self {
        Self(Box::new(take))
    }

    pub(super) fn give(self, reply: Result<Reply, Rejection>) {
        (self.0)(reply);
    }
}

impl fmt::Debug for ServiceAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceAnswer(…)")
    }
}

/// Who sent a request over a socket, for its answer.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub socket: SocketId,
    pub session: SessionId,
    pub id: RequestId,
}

#[derive(Debug)]
pub(super) enum Waiting {
    Session(Caller),
    Service(ServiceAnswer),
    /// The engine itself; the command is given again if the log refuses it.
    Own(Box<Command>),
}
