//! Answering what others ask: after a moment's thought, like people.

use std::collections::BTreeMap;

use duelcast_protocol::{
    AcceptApplication, AcceptBattle, AcceptHostConnection, AcceptInvitation, Action, BattleAnswer,
    RejectHostConnection, RejectReason, Request, UserId,
};
use tokio::time::Instant;

use super::{pace, persona::Temper, room::Room};

const LEAST_THOUGHT_MS: u64 = 1_000;
const MOST_THOUGHT_MS: u64 = 3_000;

/// Answers invitations and applications after a pause.
#[derive(Debug)]
pub struct Answers {
    user_id: UserId,
    temper: Temper,
    /// When to answer each open question. No more of them than the snapshot has.
    due: BTreeMap<String, Instant>,
}

impl Answers {
    pub fn new(user_id: UserId, temper: Temper) -> Self {
        Self { user_id, temper, due: BTreeMap::new() }
    }

    /// The answers whose time has come.
    pub fn deeds(&mut self, room: &Room, now: Instant) -> Vec<Request> {
        let open = open_questions(room, &self.user_id, self.temper);
        self.due.retain(|question, _| open.iter().any(|(other, _)| other == question));
        let mut deeds = Vec::new();
        for (question, answer) in open {
            let thought = pace::between(LEAST_THOUGHT_MS, MOST_THOUGHT_MS);
            let at = self.due.entry(question).or_insert(now + thought);
            if now >= *at {
                *at = now + thought;
                deeds.push(Request::Action(answer));
            }
        }
        deeds
    }
}

/// Every question to this user that waits for an answer: a name for it, and the answer.
fn open_questions(room: &Room, user_id: &UserId, temper: Temper) -> Vec<(String, Action)> {
    let mut open = Vec::new();
    if room.is_owner(user_id) {
        open.extend(invitations(room, temper));
        open.extend(battle_requests(room, user_id));
        open.extend(seat_applications(room));
    } else {
        open.extend(seat_invitations(room, user_id));
    }
    open
}

fn invitations(room: &Room, temper: Temper) -> impl Iterator<Item = (String, Action)> {
    room.state.private.applicants.iter().map(move |invitation| {
        let (live_id, from_host_live_id) = (room.live_id().clone(), invitation.from.live_id.clone());
        let question = format!("invitation {from_host_live_id} {}", invitation.created_at);
        let answer = match temper {
            Temper::Welcoming => AcceptHostConnection { live_id, from_host_live_id }.into(),
            Temper::DoNotDisturb => {
                RejectHostConnection { live_id, from_host_live_id, reason: RejectReason::DoNotDisturb }.into()
            }
        };
        (question, answer)
    })
}

fn battle_requests(room: &Room, user_id: &UserId) -> impl Iterator<Item = (String, Action)> {
    let is_mine =
        move |answer: &BattleAnswer, asked: &UserId| *answer == BattleAnswer::Waiting && asked == user_id;
    let open = room.state.private.battle_requests_received.iter();
    let mine = open
        .filter(move |request| request.invitees.iter().any(|one| is_mine(&one.answer, &one.user.user_id)));
    mine.map(|request| {
        let accept = AcceptBattle { live_id: room.live_id().clone(), battle_id: request.battle_id.clone() };
        (format!("battle {}", request.battle_id), accept.into())
    })
}

fn seat_applications(room: &Room) -> impl Iterator<Item = (String, Action)> {
    room.state.private.seat_applications.iter().map(|application| {
        let user_id = application.user.user_id.clone();
        let question = format!("application {user_id} {}", application.created_at);
        (question, AcceptApplication { live_id: room.live_id().clone(), user_id }.into())
    })
}

fn seat_invitations(room: &Room, user_id: &UserId) -> impl Iterator<Item = (String, Action)> {
    let open = room.state.private.seat_invitations.iter();
    let mine = open.filter(move |invitation| invitation.user.user_id == *user_id);
    mine.map(|invitation| {
        let accept = AcceptInvitation { live_id: room.live_id().clone() };
        (format!("seat {}", invitation.created_at), accept.into())
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::demo::{fixture, persona};

    fn invited_room() -> Room {
        let mut room = fixture::room("ann");
        room.state.private.applicants.push(fixture::invitation("bob", "ann"));
        room
    }

    fn thought() -> Duration {
        Duration::from_millis(MOST_THOUGHT_MS)
    }

    #[test]
    fn an_invitation_is_accepted_after_a_moment() {
        let (start, room) = (Instant::now(), invited_room());
        let mut answers = Answers::new(persona::user_id("ann"), Temper::Welcoming);
        assert_eq!(answers.deeds(&room, start), []);
        let accept = AcceptHostConnection {
            live_id: persona::live_id("ann"),
            from_host_live_id: persona::live_id("bob"),
        };
        assert_eq!(answers.deeds(&room, start + thought()), [Request::Action(accept.into())]);
    }

    #[test]
    fn do_not_disturb_is_the_reason_of_the_refusal() {
        let (start, room) = (Instant::now(), invited_room());
        let mut answers = Answers::new(persona::user_id("ann"), Temper::DoNotDisturb);
        answers.deeds(&room, start);
        let deeds = answers.deeds(&room, start + thought());
        let [Request::Action(Action::RejectHostConnection(reject))] = deeds.as_slice() else {
            panic!("{deeds:?}")
        };
        assert_eq!(reject.reason, RejectReason::DoNotDisturb);
    }

    #[test]
    fn a_question_that_was_taken_back_is_not_answered() {
        let (start, mut room) = (Instant::now(), invited_room());
        let mut answers = Answers::new(persona::user_id("ann"), Temper::Welcoming);
        answers.deeds(&room, start);
        room.state.private.applicants.clear();
        assert_eq!(answers.deeds(&room, start + thought()), []);
        assert!(answers.due.is_empty());
    }

    #[test]
    fn a_visitor_does_not_answer_requests_to_the_owner() {
        let (start, room) = (Instant::now(), invited_room());
        let mut answers = Answers::new(persona::user_id("eve"), Temper::Welcoming);
        answers.deeds(&room, start);
        assert_eq!(answers.deeds(&room, start + thought()), []);
    }
}
