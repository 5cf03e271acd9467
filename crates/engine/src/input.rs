//! What the engine is told.

use duelcast_log::{Barrier, OutboxTrim, Report};
use duelcast_protocol::{Action, KeyId, RequestId, Unlogged, UserInfo};
use duelcast_realm::ServiceAction;

use super::{client::SocketId, waiting::ServiceAnswer};

/// Who logs in, as a token says that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub user: UserInfo,
    pub can_create_live: bool,
}

/// Something that happened.
#[derive(Debug)]
pub enum Input<S> {
    Login {
        socket: S,
        id: RequestId,
        identity: Box<Identity>,
    },
    Unlogged {
        socket: S,
        id: RequestId,
        request: Unlogged,
    },
    Action {
        socket: S,
        id: RequestId,
        action: Action,
    },
    /// Nothing more comes from this socket.
    Closed(SocketId),
    /// A back end's command.
    Service {
        key_id: KeyId,
        action: ServiceAction,
        answer: ServiceAnswer,
    },
    /// What the log has done.
    Report(Report),
    /// Goes to the log behind what was applied before.
    Trim(OutboxTrim),
    /// Goes to the log behind what was applied before.
    Barrier(Barrier),
}
