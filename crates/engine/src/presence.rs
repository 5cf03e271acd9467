//! Logging in, taking over, going away.

use std::collections::BTreeSet;

use duelcast_protocol::{
    ErrorCode, LoginReply, Notification, Rejection, RequestId, RpcNotification, ServerLimits, SessionId,
    UserId, UserInfo, limits,
};
use duelcast_realm::Command;

use super::{
    client::{ClientSocket, CloseReason, SocketId},
    input::Identity,
    machine::Engine,
    sessions::Session,
};

/// Users who are logged in at once.
const MAX_SESSIONS: usize = 200_000;

impl<S: ClientSocket> Engine<S> {
    pub(super) fn login(&mut self, socket: &S, id: RequestId, identity: Identity) {
        if self.sessions.is_used(socket.id()) {
            let twice = Rejection::new(ErrorCode::InvalidRequest, "A socket has one login in its life.");
            return self.answer::<()>(socket, id, Err(twice));
        }
        if self.realm.is_banned(&identity.user.user_id, self.now()) {
            let banned = Rejection::new(ErrorCode::UserBanned, CloseReason::Banned.sentence());
            self.answer::<()>(socket, id, Err(banned));
            self.sessions.retire(socket.id());
            return socket.close(CloseReason::Banned);
        }
        if self.sessions.len() >= MAX_SESSIONS {
            return self.answer::<()>(socket, id, Err(ErrorCode::Unavailable.into()));
        }
        socket.logged_in();
        let session = Session {
            socket: socket.clone(),
            id: self.new_session_id(),
            user: identity.user.clone(),
            can_create_live: identity.can_create_live,
            joined: BTreeSet::new(),
            in_flight: 0,
            creating: None,
        };
        let opened = session_opened(&session, self);
        if let Some(former) = self.sessions.insert(session) {
            self.kick(former);
        }
        if let Some(opened) = opened {
            self.append_own(opened);
        }
        let reply = self.login_reply(identity);
        self.answer(socket, id, Ok(reply));
    }

    fn login_reply(&self, Identity { user, can_create_live }: Identity) -> LoginReply {
        LoginReply {
            user_id: user.user_id,
            user_name: user.user_name,
            avatar_url: user.avatar_url,
            can_create_live,
            server_time: self.now(),
            epoch: self.epoch.clone(),
            limits: ServerLimits {
                ping_interval_ms: limits::PING_INTERVAL_MS,
                silence_timeout_ms: limits::SILENCE_TIMEOUT_MS,
                grace_ms: self.realm.config().grace_ms,
                max_frame_bytes: limits::MAX_CLIENT_FRAME_BYTES as u32,
                max_lives_per_connection: limits::MAX_LIVES_PER_CONNECTION as u32,
                max_seats_per_live: limits::MAX_SEATS_PER_LIVE.into(),
            },
        }
    }

    /// The user logged in elsewhere.
    fn kick(&mut self, former: Session<S>) {
        let kicked = Notification::KickedByOtherSession {};
        if former.socket.send(&S::encode(&RpcNotification::from(&kicked))).is_err() {
            tracing::debug!("a socket that was taken over had fallen behind");
        }
        former.socket.close(CloseReason::KickedByOtherSession);
        self.leave_all(&former);
    }

    /// Ends the session of a user who was banned. The realm has ended everything that a closed
    /// session would end.
    pub(super) fn end_session_of(&mut self, user: &UserId) {
        let Some(socket) = self.sessions.of_user(user).map(|session| session.socket.id()) else {
            return;
        };
        if let Some(session) = self.sessions.retire(socket) {
            session.socket.close(CloseReason::Banned);
            self.leave_all(&session);
        }
    }

    pub(super) fn on_closed(&mut self, socket: SocketId) {
        self.behind.remove(socket);
        let Some(session) = self.sessions.close(socket) else {
            return;
        };
        self.leave_all(&session);
        if self.realm.has_stake(&session.user.user_id) {
            self.append_own(Command::SessionClosed { user: session.user, session: session.id });
        }
    }

    fn leave_all(&mut self, session: &Session<S>) {
        let now = self.now();
        for live in &session.joined {
            self.rooms.leave(live, session.socket.id(), now);
        }
    }

    /// The realm has just seen this session. If it is not the user's any more (it was closed or
    /// taken over while its command was on its way through the log), the realm, which took it for
    /// the current one, is told how it is.
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
fn session_opened<S: ClientSocket>(session: &Session<S>, engine: &Engine<S>) -> Option<Command> {
    engine.realm.has_stake(&session.user.user_id).then(|| Command::SessionOpened {
        user: session.user.clone(),
        session: session.id.clone(),
        node: engine.node.clone(),
    })
}

#[cfg(test)]
mod tests {
    use crate::{commands::REFUSED_RETRY_MS, stage::Stage};

    #[test]
    fn a_disconnect_before_the_first_command_is_written_is_applied_after_it() {
        let mut stage = Stage::new();
        let socket = stage.login("ann");
        stage.create_live(&socket, "red");
        stage.close(&socket);
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }

    #[test]
    fn a_takeover_before_the_first_command_is_written_keeps_the_user_online() {
        let mut stage = Stage::new();
        let first = stage.login("ann");
        stage.create_live(&first, "red");
        let second = stage.login("ann");
        stage.close(&first);
        stage.commit_all();
        assert!(stage.is_owner_online("red"));
        stage.close(&second);
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }

    #[test]
    fn a_socket_that_is_taken_over_takes_no_second_login() {
        let mut stage = Stage::new();
        let first = stage.login("ann");
        stage.create_live(&first, "red");
        stage.login("ann");
        stage.login_on(&first, "bob");
        stage.commit_all();
        assert!(!stage.is_logged_in("bob"));
        assert!(stage.is_logged_in("ann"));
        stage.close(&first);
        assert!(stage.is_owner_online("red"));
    }

    #[test]
    fn a_socket_that_closes_for_a_ban_takes_no_second_login() {
        let mut stage = Stage::new();
        let socket = stage.login("ann");
        stage.ban("ann");
        stage.login_on(&socket, "bob");
        assert!(!stage.is_logged_in("bob"));
        let refused = stage.login("ann");
        stage.login_on(&refused, "bob");
        assert!(!stage.is_logged_in("bob"));
    }

    #[test]
    fn a_session_that_ends_while_its_command_and_its_opening_wait_is_offline() {
        let mut stage = Stage::new();
        let first = stage.login("ann");
        stage.create_live(&first, "red");
        let second = stage.login("ann");
        stage.commit();
        stage.close(&second);
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }

    #[test]
    fn an_opening_that_the_log_refused_does_not_revive_a_closed_session() {
        let mut stage = Stage::new();
        let first = stage.login("ann");
        stage.create_live(&first, "red");
        stage.commit_all();
        let second = stage.login("ann");
        stage.refuse();
        stage.close(&second);
        stage.commit_all();
        stage.pass(REFUSED_RETRY_MS);
        stage.commit_all();
        assert!(!stage.is_owner_online("red"));
    }
}
