//! Sockets of the socket layer, as the engine sees them.

use duelcast_engine::{ClientSocket, CloseReason, Overflowed, SocketId};
use duelcast_socket::{CloseCode, Delivery, Frame, Socket};
use serde::Serialize;

/// A handle to a socket. Clones are the same socket.
#[derive(Debug, Clone)]
pub(crate) struct EngineSocket(Socket);

impl From<&Socket> for EngineSocket {
    fn from(socket: &Socket) -> Self {
        Self(socket.clone())
    }
}

/// The name of a socket, as the engine has it.
pub(super) fn socket_id(id: duelcast_socket::SocketId) -> SocketId {
    SocketId(id.0)
}

impl ClientSocket for EngineSocket {
    type Frame = Frame;

    fn id(&self) -> SocketId {
        socket_id(self.0.id())
    }

    fn encode(message: &impl Serialize) -> Frame {
        Frame::json(message)
    }

    fn send(&self, frame: &Frame) -> Result<(), Overflowed> {
        result(self.0.send(frame))
    }

    fn send_latest(&self, slot: u64, frame: &Frame) -> Result<(), Overflowed> {
        result(self.0.send_latest(slot, frame))
    }

    fn close(&self, reason: CloseReason) {
        let code = match reason {
            CloseReason::Banned => CloseCode::Banned,
            CloseReason::GoingAway => CloseCode::GoingAway,
            CloseReason::KickedByOtherSession => CloseCode::KickedByOtherSession,
            CloseReason::TooSlow => CloseCode::Policy,
        };
        self.0.close(code, reason.sentence());
    }

    fn logged_in(&self) {
        self.0.logged_in();
    }
}

fn result(delivery: Delivery) -> Result<(), Overflowed> {
    match delivery {
        Delivery::Written | Delivery::Queued | Delivery::Closed => Ok(()),
        Delivery::Overflowed => Err(Overflowed),
    }
}
