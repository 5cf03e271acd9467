//! Events, volatile values and snapshots on their way to the sockets.

use duelcast_protocol::{
    Event, EventFrame, LiveId, Notification, Rejection, RequestId, RpcFailure, RpcNotification, RpcResult,
    Timestamp, UserId, Volatile,
};
use duelcast_realm::Effect;
use serde::Serialize;

use super::{
    client::{ClientSocket, CloseReason, Overflowed, SocketId},
    machine::Engine,
    rooms::Standing,
};

impl<S: ClientSocket> Engine<S> {
    pub(super) fn fan_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Public(frame) => self.publish(frame),
                Effect::Private { to, frame } => self.tell(&to, frame),
                Effect::ScoreChanged { battle_id, live_ids } => {
                    let now = self.now();
                    for live in &live_ids {
                        self.rooms.open(live).battle = Some(battle_id.clone());
                        self.rooms.mark(live, now);
                    }
                }
                Effect::BannedFromServer { user_id } => self.end_session_of(&user_id),
                Effect::Ledger(_) | Effect::WebhookEvent(_) => {}
            }
        }
    }

    /// Encoded once, written to everyone in the live.
    fn publish(&mut self, frame: EventFrame) {
        let live = frame.live_id.clone();
        let is_over = matches!(frame.event, Event::OnLiveEnded { .. });
        let now = self.now();
        let room = self.rooms.open(&live);
        room.levels.follow(&frame.event, &live, now);
        if matches!(&frame.event, Event::OnUserExitBattle { user_live_id, .. } if *user_live_id == live) {
            room.battle = None;
        }
        if !room.members.is_empty() {
            let encoded = encode::<S>(&Notification::Event(frame.clone()));
            for socket in room.members.values() {
                self.behind.note(socket, socket.send(&encoded));
            }
        }
        if is_over {
            self.close_room(&live);
        } else {
            self.rooms.record(frame);
        }
    }

    fn tell(&mut self, users: &[UserId], frame: EventFrame) {
        let put_out_of =
            matches!(frame.event, Event::OnKickedOutOfLive { .. }).then(|| frame.live_id.clone());
        let encoded = encode::<S>(&Notification::Event(frame));
        for session in users.iter().filter_map(|user| self.sessions.of_user(user)) {
            self.behind.note(&session.socket, session.socket.send(&encoded));
        }
        if let Some(live) = put_out_of {
            users.iter().for_each(|user| self.put_out(&live, user));
        }
    }

    fn put_out(&mut self, live: &LiveId, user: &UserId) {
        let Some(socket) = self.sessions.of_user(user).map(|session| session.socket.id()) else {
            return;
        };
        self.leave(socket, live);
    }

    fn close_room(&mut self, live: &LiveId) {
        for socket in self.rooms.close(live).into_iter().flat_map(|room| room.members.into_keys()) {
            if let Some(session) = self.sessions.get_mut(socket) {
                session.joined.remove(live);
            }
        }
    }

    pub(super) fn flush_volatile(&mut self, now: Timestamp) {
        while let Some(live) = self.rooms.take_due(now) {
            let at = self.now();
            let Some(room) = self.rooms.get_mut(&live) else {
                continue;
            };
            let battle = room.battle.as_ref().and_then(|battle| Standing::of(&self.realm, battle));
            let volatile = Volatile { newcomers: room.take_newcomers(), ..room.volatile(&live, battle, at) };
            let encoded = encode::<S>(&Notification::Volatile(volatile));
            for socket in room.members.values() {
                self.behind.note(socket, socket.send_latest(room.slot, &encoded));
            }
            if let Some(silence) = room.levels.next_silence() {
                self.rooms.mark(&live, silence);
            }
        }
    }

    /// Sends one fresh snapshot of each joined live to every socket that fell behind. A socket
    /// without room for them is closed.
    pub(super) fn resync_those_behind(&mut self) {
        for socket in self.behind.take() {
            if self.resync(socket).is_err() {
                self.behind.count_overflow();
            }
        }
    }

    fn resync(&self, socket: SocketId) -> Result<(), Overflowed> {
        let Some(session) = self.sessions.get(socket) else {
            return Ok(());
        };
        tracing::debug!(user = %session.user.user_id, "a socket fell behind and starts again from snapshots");
        for live in &session.joined {
            let Some(snapshot) = self.snapshot(live, &session.user.user_id) else {
                continue;
            };
            let encoded = encode::<S>(&Notification::Snapshot(Box::new(snapshot)));
            if session.socket.send(&encoded).is_err() {
                session.socket.close(CloseReason::TooSlow);
                return Err(Overflowed);
            }
        }
        Ok(())
    }

    pub(super) fn answer<T: Serialize>(&mut self, socket: &S, id: RequestId, result: Result<T, Rejection>) {
        let encoded = match result {
            Ok(reply) => S::encode(&RpcResult::new(id, reply)),
            Err(rejection) => S::encode(&RpcFailure::new(Some(id), &rejection)),
        };
        self.behind.note(socket, socket.send(&encoded));
    }
}

fn encode<S: ClientSocket>(notification: &Notification) -> S::Frame {
    S::encode(&RpcNotification::from(notification))
}
