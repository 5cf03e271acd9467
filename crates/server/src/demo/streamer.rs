//! A streamer: holds a live, keeps it going, and answers everybody.

use duelcast_protocol::{
    Action, CreateLive, ErrorCode, JoinLive, JoinReply, LiveSnapshot, Request, TakeSeat, UserId,
};
use tokio::time::Instant;

use super::{
    answers::Answers,
    attend::{Behaviour, attend},
    challenger::Challenger,
    chatter::{Chatter, Part},
    client::{Access, CallError, Client},
    pace::Alarm,
    persona,
    room::Room,
    voice::Voice,
};

/// The seat of the owner.
const OWN_SEAT: u16 = 0;

/// Holds the live until it is over or the socket is lost.
pub async fn stream(access: Access, persona: &'static persona::StreamerPersona) -> Result<(), CallError> {
    let mut client = Client::log_in(&access, persona.user_id(), persona.name, true).await?;
    let mut room = Room::new(open(&mut client, persona).await?);
    let mut bot = Streamer::new(persona, Instant::now());
    attend(&mut client, &mut room, &mut bot).await
}

/// Starts the live, or comes back to it.
async fn open(client: &mut Client, persona: &persona::StreamerPersona) -> Result<LiveSnapshot, CallError> {
    let live = CreateLive {
        live_id: Some(persona.live_id()),
        live_name: persona.live_name.to_owned(),
        cover_url: String::new(),
        notice: persona.notice.to_owned(),
        is_public_visible: true,
        max_seat_count: persona.seats,
        seat_mode: persona.seat_mode,
    };
    match client.call(live).await {
        Err(CallError::Refused(rejection)) if rejection.code == ErrorCode::RoomExists => {}
        other => return other,
    }
    match client.call(JoinLive { live_id: persona.live_id(), resume: None }).await? {
        JoinReply::Snapshot(snapshot) => Ok(*snapshot),
        JoinReply::Resumed(_) => Err(CallError::Lost("a snapshot was expected".to_owned())),
    }
}

struct Streamer {
    user_id: UserId,
    answers: Answers,
    voice: Voice,
    chatter: Chatter,
    challenger: Option<Challenger>,
    sits_down: Alarm,
}

impl Streamer {
    fn new(persona: &persona::StreamerPersona, now: Instant) -> Self {
        let user_id = persona.user_id();
        Self {
            answers: Answers::new(user_id.clone(), persona.temper),
            voice: Voice::new(user_id.clone(), false, now),
            chatter: Chatter::new(Part::Streamer, now),
            challenger: persona.rivalry.map(|rivalry| Challenger::new(rivalry, now)),
            sits_down: Alarm::every(now, 1_000, 3_000),
            user_id,
        }
    }

    fn seat(&mut self, room: &Room, now: Instant) -> Option<Request> {
        if room.seat_of(&self.user_id).is_some() || !self.sits_down.rings(now) {
            return None;
        }
        let seat = TakeSeat { live_id: room.live_id().clone(), index: Some(OWN_SEAT) };
        Some(Request::Action(Action::TakeSeat(seat)))
    }
}

impl Behaviour for Streamer {
    fn deeds(&mut self, room: &Room, now: Instant) -> Vec<Request> {
        let mut deeds = self.answers.deeds(room, now);
        deeds.extend(self.seat(room, now));
        deeds.extend(self.voice.deed(room, now));
        deeds.extend(self.chatter.deed(room, now));
        deeds.extend(self.challenger.as_mut().and_then(|challenger| challenger.deed(room, now)));
        deeds
    }

    fn wants_to_leave(&mut self, _now: Instant) -> bool {
        false
    }
}
