//! Sessions: which user is logged in on which socket.

use std::collections::{BTreeMap, BTreeSet};

use super::client::{ClientSocket, SocketId};
use duelcast_protocol::{LiveId, NodeId, SessionId, UserId, UserInfo};
use duelcast_realm::Actor;

/// One login of one user on one socket.
#[derive(Debug)]
pub(super) struct Session<S> {
    pub socket: S,
    pub id: SessionId,
    pub user: UserInfo,
    pub can_create_live: bool,
    pub joined: BTreeSet<LiveId>,
    /// Commands that wait for their answer.
    pub in_flight: usize,
    /// Id of the live that one of these commands creates; a command that follows may name it.
    pub creating: Option<LiveId>,
}

impl<S> Session<S> {
    pub(super) fn actor(&self, node: &NodeId) -> Actor {
        Actor {
            user: self.user.clone(),
            session: self.id.clone(),
            node: node.clone(),
            can_create_live: self.can_create_live,
        }
    }
}

/// All sessions. A user has one at most, and a socket has one in its life.
#[derive(Debug)]
pub(super) struct Sessions<S> {
    by_socket: BTreeMap<SocketId, Session<S>>,
    by_user: BTreeMap<UserId, SocketId>,
    /// Sockets whose session ended before they closed.
    retired: BTreeSet<SocketId>,
}

impl<S> Default for Sessions<S> {
    fn default() -> Self {
        Self { by_socket: BTreeMap::new(), by_user: BTreeMap::new(), retired: BTreeSet::new() }
    }
}

impl<S: ClientSocket> Sessions<S> {
    /// Adds a session; the user's former one is taken out and given back.
    pub(super) fn insert(&mut self, session: Session<S>) -> Option<Session<S>> {
        let socket = session.socket.id();
        let former = self.by_user.insert(session.user.user_id.clone(), socket);
        self.by_socket.insert(socket, session);
        let former = former.and_then(|former| self.by_socket.remove(&former))?;
        self.retired.insert(former.socket.id());
        Some(former)
    }

    /// Whether a user has logged in on this socket, or was refused for good, and it is not closed
    /// yet.
    pub(super) fn is_used(&self, socket: SocketId) -> bool {
        self.by_socket.contains_key(&socket) || self.retired.contains(&socket)
    }

    /// Ends the session of a socket that is still open. Nobody logs in on it any more.
    pub(super) fn retire(&mut self, socket: SocketId) -> Option<Session<S>> {
        self.retired.insert(socket);
        self.remove(socket)
    }

    /// The socket is closed.
    pub(super) fn close(&mut self, socket: SocketId) -> Option<Session<S>> {
        self.retired.remove(&socket);
        self.remove(socket)
    }

    fn remove(&mut self, socket: SocketId) -> Option<Session<S>> {
        let session = self.by_socket.remove(&socket)?;
        self.by_user.remove(&session.user.user_id);
        Some(session)
    }

    pub(super) fn get(&self, socket: SocketId) -> Option<&Session<S>> {
        self.by_socket.get(&socket)
    }

    pub(super) fn get_mut(&mut self, socket: SocketId) -> Option<&mut Session<S>> {
        self.by_socket.get_mut(&socket)
    }

    pub(super) fn of_user(&self, user: &UserId) -> Option<&Session<S>> {
        self.by_socket.get(self.by_user.get(user)?)
    }

    pub(super) fn len(&self) -> usize {
        self.by_socket.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Session<S>> {
        self.by_socket.values()
    }
}
