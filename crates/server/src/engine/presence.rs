//! Logging in, taking over, going away.

use std::{collections::BTreeSet, time::Instant};

use duelcast_protocol::{
    ErrorCode, LoginReply, Notification, Rejection, RequestId, RpcNotification, ServerLimits, SessionId,
    limits,
};
use duelcast_realm::{Actor, Command};

use super::{Engine, sessions::Session};
use crate::{
    auth::Claims,
    random,
    socket::{CloseCode, Delivery, Frame, Socket, SocketId},
};

/// Users who are logged in at once.
const MAX_SESSIONS: usize = 200_000;

impl Engine {
    pub(super) fn login(&mut self, socket: &Socket, id: RequestId, claims: &Claims) {
        if self.sessions.get(socket.id()).is_some() {
            let twice = Rejection::new(ErrorCode::InvalidRequest, "This socket is logged in already.");
            return self.answer::<()>(socket, id, Err(twice));
        }
        if self.sessions.len() >= MAX_SESSIONS {
            return self.answer::<()>(socket, id, Err(ErrorCode::Unavailable.into()));
        }
        socket.logged_in();
        let session = Session {
            socket: socket.clone(),
            id: SessionId::new(random::id()).expect("hexadecimal digits make an id"),
            user: claims.user(),
            can_create_live: claims.create_live,
            joined: BTreeSet::new(),
            in_flight: 0,
        };
        let opened = session_opened(&session, self);
        if let Some(former) = self.sessions.insert(session) {
            self.kick(former);
        }
        if let Some(opened) = opened {
            self.append_own(opened);
        }
        let reply = self.login_reply(claims);
        self.answer(socket, id, Ok(reply));
    }

    fn login_reply(&self, claims: &Claims) -> LoginReply {
        LoginReply {
            user_id: claims.sub.clone(),
            user_name: claims.name.clone(),
            avatar_url: claims.avatar_url.clone(),
            can_create_live: claims.create_live,
            server_time: self.now(),
            epoch: self.epoch.clone(),
            limits: ServerLimits {
                ping_interval_ms: limits::PING_INTERVAL_MS,
                silence_timeout_ms: limits::SILENCE_TIMEOUT_MS,
                grace_ms: self.grace_ms,
                max_frame_bytes: limits::MAX_CLIENT_FRAME_BYTES as u32,
                max_lives_per_connection: limits::MAX_LIVES_PER_CONNECTION as u32,
                max_seats_per_live: limits::MAX_SEATS_PER_LIVE.into(),
            },
        }
    }

    /// The user logged in elsewhere.
    fn kick(&mut self, former: Session) {
        let kicked = Notification::KickedByOtherSession {};
        let delivery = former.socket.send(&Frame::json(&RpcNotification::from(&kicked)));
        if delivery == Delivery::Overflowed {
            tracing::debug!("a socket that was taken over had fallen behind");
        }
        former.socket.close(CloseCode::KickedByOtherSession, "the same user logged in elsewhere");
        self.leave_all(&former);
    }

    pub(super) fn on_closed(&mut self, socket: SocketId) {
        self.behind.remove(&socket);
        let Some(session) = self.sessions.remove(socket) else {
            return;
        };
        self.leave_all(&session);
        if self.realm.has_stake(&session.user.user_id) {
            self.append_own(Command::SessionClosed { user: session.user, session: session.id });
        }
    }

    fn leave_all(&mut self, session: &Session) {
        let now = Instant::now();
        for live in &session.joined {
            self.rooms.leave(live, session.socket.id(), now);
        }
    }

    /// A command was applied whose session is not the user's any more: the realm, which took it for the current one, is
    /// told how it is.
    pub(super) fn correct_presence(&mut self, actor: Actor) {
        let current = self.sessions.of_user(&actor.user.user_id);
        if current.is_some_and(|session| session.id == actor.session) {
            return;
        }
        let command = match current {
            Some(session) => session_opened(session, self),
            None if self.realm.has_stake(&actor.user.user_id) => {
                Some(Command::SessionClosed { user: actor.user, session: actor.session })
            }
            None => None,
        };
        if let Some(command) = command {
            self.append_own(command);
        }
    }
}

/// What the log has to know of this login, if anything.
fn session_opened(session: &Session, engine: &Engine) -> Option<Command> {
    engine.realm.has_stake(&session.user.user_id).then(|| Command::SessionOpened {
        user: session.user.clone(),
        session: session.id.clone(),
        node: engine.node.clone(),
    })
}
