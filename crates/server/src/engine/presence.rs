//! Logging in, taking over, going away.

use std::{collections::BTreeSet, time::Instant};

use duelcast_protocol::{
    ErrorCode, LoginReply, Notification, Rejection, RequestId, RpcNotification, ServerLimits, SessionId,
    UserId, UserInfo, limits,
};
use duelcast_realm::Command;

use super::{Engine, sessions::Session};
use crate::{
    auth::Claims,
    random,
    socket::{CloseCode, Delivery, Frame, Socket, SocketId},
};

/// Users who are logged in at once.
const MAX_SESSIONS: usize = 200_000;
const BANNED: &str = "You are banned from this server.";

impl Engine {
    pub(super) fn login(&mut self, socket: &Socket, id: RequestId, claims: &Claims) {
        if self.sessions.get(socket.id()).is_some() {
            let twice = Rejection::new(ErrorCode::InvalidRequest, "This socket is logged in already.");
            return self.answer::<()>(socket, id, Err(twice));
        }
        if self.realm.is_banned(&claims.sub, self.now()) {
            let banned = Rejection::new(ErrorCode::UserBanned, BANNED);
            self.answer::<()>(socket, id, Err(banned));
            return socket.close(CloseCode::Banned, BANNED);
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

    /// The user may not be on this server any more. The realm keeps nothing of them that a closed session would end.
    pub(super) fn end_session_of(&mut self, user: &UserId) {
        let Some(socket) = self.sessions.of_user(user).map(|session| session.socket.id()) else {
            return;
        };
        if let Some(session) = self.sessions.remove(socket) {
            session.socket.close(CloseCode::Banned, BANNED);
            self.leave_all(&session);
        }
    }

    pub(super) fn on_closed(&mut self, socket: SocketId) {
        self.behind.remove(socket);
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

    /// The realm has just seen this session. If it is not the user's any more (it was closed or taken over while its
    /// command was on its way through the log), the realm, which took it for the current one, is told how it is.
    pub(super) fn correct_presence(&mut self, user: UserInfo, session: SessionId) {
        let current = self.sessions.of_user(&user.user_id);
        if current.is_some_and(|current| current.id == session) {
            return;
        }
        let command = match current {
            Some(current) => session_opened(current, self),
            None if self.realm.has_stake(&user.user_id) => Some(Command::SessionClosed { user, session }),
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

#[cfg(test)]
mod tests {
    use crate::engine::stage::Stage;

    #[tokio::test]
    async fn who_hangs_up_before_the_first_command_is_written_is_offline_once_it_is() {
        let mut stage = Stage::new();
        let socket = stage.login("ann").await;
        stage.create_live(&socket, "red");
        stage.engine.on_closed(socket.id());
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }

    #[tokio::test]
    async fn who_is_taken_over_before_the_first_command_is_written_is_online_until_the_last_session_ends() {
        let mut stage = Stage::new();
        let first = stage.login("ann").await;
        stage.create_live(&first, "red");
        let second = stage.login("ann").await;
        stage.engine.on_closed(first.id());
        stage.commit_all();
        assert!(stage.is_owner_online("red"));
        stage.engine.on_closed(second.id());
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }

    #[tokio::test]
    async fn a_session_that_ends_while_its_command_and_its_opening_wait_is_offline() {
        let mut stage = Stage::new();
        let first = stage.login("ann").await;
        stage.create_live(&first, "red");
        let second = stage.login("ann").await;
        stage.commit();
        stage.engine.on_closed(second.id());
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }

    #[tokio::test]
    async fn an_opening_that_the_log_refused_does_not_revive_a_closed_session() {
        let mut stage = Stage::new();
        let first = stage.login("ann").await;
        stage.create_live(&first, "red");
        stage.commit_all();
        let second = stage.login("ann").await;
        stage.refuse();
        stage.engine.on_closed(second.id());
        stage.commit_all();
        stage.engine.retry_refused();
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }
}
