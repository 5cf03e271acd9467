//! Commands: into the log, and out of it again.

use duelcast_log::{Indexed, Job, Projection, Refusal, Report};
use duelcast_protocol::{
    Action, DurationMs, EntryId, ErrorCode, KeyId, LiveSnapshot, Rejection, RequestId, SendGift,
    SendTextMessage,
};
use duelcast_realm::{Command, Reply, ServiceAction};

use super::{
    client::ClientSocket,
    machine::Engine,
    sessions::Session,
    waiting::{Caller, ServiceAnswer, Waiting},
};

/// When to try again what the log refused.
pub(super) const REFUSED_RETRY_MS: DurationMs = 1_000;
/// Commands of one session that wait for the log.
const MAX_IN_FLIGHT: usize = 32;
/// Commands of all that wait for the log.
const MAX_WAITING: usize = 8_192;

impl<S: ClientSocket> Engine<S> {
    pub(super) fn submit_action(&mut self, socket: &S, id: RequestId, action: Action) {
        if let Err(rejection) = self.try_submit_action(socket, id.clone(), action) {
            self.answer::<()>(socket, id, Err(rejection));
        }
    }

    fn try_submit_action(&mut self, socket: &S, id: RequestId, action: Action) -> Result<(), Rejection> {
        let session = self.sessions.get(socket.id()).ok_or(ErrorCode::Unauthorized)?;
        if session.in_flight >= MAX_IN_FLIGHT {
            return Err(ErrorCode::TooFrequent.into());
        }
        let by = session.actor(&self.node);
        let caller = Caller { socket: socket.id(), session: by.session.clone(), id };
        let is_for_own_new_live = session.creating.is_some() && session.creating.as_ref() == action.live_id();
        let creating = if let Action::CreateLive(params) = &action { params.live_id.clone() } else { None };
        let joined = check_joined(session, &action);
        let command = Command::User { by, action };
        match self.realm.precheck(&command) {
            Err(absent) if absent.code == ErrorCode::RoomNotExist && is_for_own_new_live => {}
            checked => checked?,
        }
        joined?;
        let entry = self.append(command)?;
        self.waiting.insert(entry, Waiting::Session(caller));
        if let Some(session) = self.sessions.get_mut(socket.id()) {
            session.in_flight += 1;
            session.creating = creating.or(session.creating.take());
        }
        Ok(())
    }

    pub(super) fn submit_service(&mut self, key_id: KeyId, action: ServiceAction, answer: ServiceAnswer) {
        let command = Command::Service { key_id, action };
        match self.realm.precheck(&command).and_then(|()| self.append(command)) {
            Ok(entry) => {
                self.waiting.insert(entry, Waiting::Service(answer));
            }
            Err(rejection) => answer.give(Err(rejection)),
        }
    }

    fn append(&mut self, command: Command) -> Result<EntryId, Rejection> {
        let id = self.new_entry_id();
        if self.is_stopping || self.waiting.len() >= MAX_WAITING {
            return Err(ErrorCode::Unavailable.into());
        }
        let job = Job::Append { id: id.clone(), command: Box::new(command) };
        self.backlog.try_push(job).map_err(|_| ErrorCode::Unavailable)?;
        Ok(id)
    }

    /// Gives a command that must not be lost.
    pub(super) fn append_own(&mut self, command: Command) {
        let id = self.new_entry_id();
        let command = Box::new(command);
        self.waiting.insert(id.clone(), Waiting::Own(command.clone()));
        self.backlog.push(Job::Append { id, command });
    }

    pub(super) fn on_report(&mut self, report: Report) {
        match report {
            Report::Committed(entries) => entries.into_iter().for_each(|entry| self.apply(entry)),
            Report::Refused { ids, reason } => ids.iter().for_each(|id| self.on_refused(id, reason)),
        }
    }

    fn apply(&mut self, Indexed { index, entry }: Indexed) {
        let (id, at) = (entry.id.clone(), entry.at);
        let came = match &entry.command {
            Command::User { by, .. } => Some((by.user.clone(), by.session.clone())),
            Command::SessionOpened { user, session, .. } => Some((user.clone(), session.clone())),
            Command::Tick => {
                self.is_tick_waiting = false;
                None
            }
            Command::Service { .. } | Command::SessionClosed { .. } | Command::NodeStarted { .. } => None,
        };
        let outcome = self.realm.apply(entry);
        self.applied = index;
        if let Some(projection) = Projection::of(index, at, &outcome.effects) {
            self.backlog.push(Job::Project(Box::new(projection)));
        }
        self.fan_out(outcome.effects);
        if let Some(waiting) = self.waiting.remove(&id) {
            self.settle(waiting, outcome.reply);
        }
        if let Some((user, session)) = came {
            self.correct_presence(user, session);
        }
    }

    fn settle(&mut self, waiting: Waiting, reply: Result<Reply, Rejection>) {
        match waiting {
            Waiting::Session(caller) => self.answer_caller(caller, reply),
            Waiting::Service(answer) => answer.give(reply),
            Waiting::Own(command) => {
                if let Err(error) = reply {
                    tracing::debug!(%error, ?command, "a command of our own changed nothing");
                }
            }
        }
    }

    /// Answers the session that asked, if it is still there.
    fn answer_caller(&mut self, caller: Caller, reply: Result<Reply, Rejection>) {
        let session = self.sessions.get_mut(caller.socket);
        let Some(session) = session.filter(|session| session.id == caller.session) else {
            return;
        };
        session.in_flight = session.in_flight.saturating_sub(1);
        if session.in_flight == 0 {
            session.creating = None;
        }
        let socket = session.socket.clone();
        let reply = if let Ok(Reply::Live(snapshot)) = reply {
            Ok(Reply::Live(Box::new(self.enter_new_live(&socket, *snapshot))))
        } else {
            reply
        };
        self.answer(&socket, caller.id, reply);
    }

    fn enter_new_live(&mut self, socket: &S, snapshot: LiveSnapshot) -> LiveSnapshot {
        self.enter(socket, &snapshot.live.live_id);
        self.complete(snapshot)
    }

    fn on_refused(&mut self, id: &EntryId, reason: Refusal) {
        let code = match reason {
            Refusal::Duplicate => ErrorCode::Internal,
            Refusal::Unavailable => ErrorCode::Unavailable,
        };
        match self.waiting.remove(id) {
            Some(Waiting::Own(command)) => {
                self.refused.push(*command);
                self.retry_at = Some(self.now() + REFUSED_RETRY_MS);
            }
            Some(waiting) => self.settle(waiting, Err(code.into())),
            None => {}
        }
    }

    pub(super) fn retry_refused(&mut self) {
        self.retry_at = None;
        for command in std::mem::take(&mut self.refused) {
            self.append_own(command);
        }
    }
}

/// Gifts and texts are for those who have joined.
fn check_joined<S>(session: &Session<S>, action: &Action) -> Result<(), Rejection> {
    if let Action::SendGift(SendGift { live_id, .. })
    | Action::SendTextMessage(SendTextMessage { live_id, .. }) = action
        && !session.joined.contains(live_id)
    {
        return Err(Rejection::new(ErrorCode::NoPermission, "Join the live first."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{Done, LiveId, LockSeat};

    use super::*;
    use crate::{
        input::Input,
        stage::{IdleSocket, Stage},
    };

    #[test]
    fn an_answer_goes_to_the_session_that_asked_and_to_no_other_on_the_socket() {
        let mut stage = Stage::new();
        let socket = stage.login("ann");
        stage.create_live(&socket, "red");
        let in_flight = |stage: &Stage| stage.engine.sessions.get(socket.id()).unwrap().in_flight;
        let session = stage.engine.new_session_id();
        let stale = Caller { socket: socket.id(), session, id: RequestId::Number(9) };
        stage.engine.answer_caller(stale, Ok(Reply::Done(Done {})));
        assert_eq!(in_flight(&stage), 1);
        stage.commit_all();
        assert_eq!(in_flight(&stage), 0);
    }

    #[test]
    fn a_command_for_a_live_that_the_same_session_creates_need_not_wait() {
        let mut stage = Stage::new();
        let (ann, bob) = (stage.login("ann"), stage.login("bob"));
        stage.create_live(&ann, "red");
        let lock = |stage: &mut Stage, socket: &IdleSocket| {
            let params = LockSeat { live_id: LiveId::new("red").unwrap(), index: 1 };
            let (id, action) = (RequestId::Number(3), Action::LockSeat(params));
            stage.handle(Input::Action { socket: socket.clone(), id, action });
            stage.engine.sessions.get(socket.id()).unwrap().in_flight
        };
        assert_eq!(lock(&mut stage, &ann), 2);
        assert_eq!(lock(&mut stage, &bob), 0, "there is no such live for others");
        stage.commit_all();
        let seats = stage.engine.realm.live_snapshot(&LiveId::new("red").unwrap(), None).unwrap().seats;
        assert!(seats[1].is_locked);
    }
}
