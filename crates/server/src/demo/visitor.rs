//! A visitor: goes from live to live, sits down in some, chats, likes and gives.

use duelcast_protocol::{
    Action, ApplyForSeat, FetchLiveList, JoinLive, JoinReply, LeaveLive, LeaveSeat, LiveActivity, LiveCard,
    LiveId, Request, SeatMode, TakeSeat, Unlogged, UserId, limits,
};
use tokio::time::{Instant, sleep};

use super::{
    answers::Answers,
    attend::{Behaviour, attend},
    chatter::{Chatter, Part},
    client::{Access, CallError, Client},
    generosity::Generosity,
    pace::{self, Alarm},
    persona::{self, Temper},
    room::Room,
    voice::Voice,
};

/// How much more a battle draws visitors than a live without one.
const BATTLE_WEIGHT: usize = 3;
/// How many of a hundred visits are to sit down.
const SITTING_PERCENT: u8 = 65;

/// Goes from live to live until the socket is lost.
pub async fn visit(access: Access, persona: &'static persona::VisitorPersona) -> Result<(), CallError> {
    let mut client = Client::log_in(&access, persona.user_id(), persona.name, false).await?;
    loop {
        match choose(&mut client).await? {
            Some(live_id) => stay(&mut client, live_id, persona).await?,
            None => sleep(pace::between(1_000, 3_000)).await,
        }
    }
}

/// Some live of the list's first page.
async fn choose(client: &mut Client) -> Result<Option<LiveId>, CallError> {
    let page = client.call(FetchLiveList { cursor: String::new(), count: limits::MAX_LIST_COUNT }).await?;
    let lots: Vec<&LiveCard> =
        page.lives.iter().flat_map(|card| std::iter::repeat_n(card, weight(card))).collect();
    let chosen = (!lots.is_empty()).then(|| pace::one_of(&lots));
    Ok(chosen.map(|card| card.live.live_id.clone()))
}

fn weight(card: &LiveCard) -> usize {
    match card.activity {
        LiveActivity::InBattle => BATTLE_WEIGHT,
        LiveActivity::Alone | LiveActivity::CoHosting => 1,
    }
}

async fn stay(
    client: &mut Client,
    live_id: LiveId,
    persona: &persona::VisitorPersona,
) -> Result<(), CallError> {
    let snapshot = match client.call(JoinLive { live_id: live_id.clone(), resume: None }).await {
        Ok(JoinReply::Snapshot(snapshot)) => *snapshot,
        Ok(JoinReply::Resumed(_)) | Err(CallError::Refused(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut room = Room::new(snapshot);
    attend(client, &mut room, &mut Visitor::new(persona, Instant::now())).await?;
    if room.is_over {
        return Ok(());
    }
    if room.seat_of(&persona.user_id()).is_some() {
        client.perform(Request::Action(Action::LeaveSeat(LeaveSeat { live_id: live_id.clone() }))).await?;
    }
    client.perform(Request::Unlogged(Unlogged::LeaveLive(LeaveLive { live_id }))).await
}

struct Visitor {
    user_id: UserId,
    answers: Answers,
    voice: Voice,
    chatter: Chatter,
    generosity: Generosity,
    wants_seat: bool,
    sits_down: Alarm,
    leaves_at: Instant,
}

impl Visitor {
    fn new(persona: &persona::VisitorPersona, now: Instant) -> Self {
        let user_id = persona.user_id();
        Self {
            answers: Answers::new(user_id.clone(), Temper::Welcoming),
            voice: Voice::new(user_id.clone(), persona.is_quiet, now),
            chatter: Chatter::new(Part::Visitor, now),
            generosity: Generosity::new(now),
            wants_seat: fastrand::u8(..100) < SITTING_PERCENT,
            sits_down: Alarm::every(now, 1_000, 10_000),
            leaves_at: now + pace::between(40_000, 160_000),
            user_id,
        }
    }

    /// Takes or applies for a seat, in lives of bots only: other people's seats are for people.
    fn seat(&mut self, room: &Room, now: Instant) -> Option<Request> {
        let may_sit = self.wants_seat && persona::is_of_a_bot(room.live_id()) && room.has_free_seat();
        let is_waiting = !room.state.private.seat_applications.is_empty();
        if !may_sit || is_waiting || room.seat_of(&self.user_id).is_some() || !self.sits_down.rings(now) {
            return None;
        }
        let live_id = room.live_id().clone();
        Some(Request::Action(match room.state.live.seat_mode {
            SeatMode::Free => TakeSeat { live_id, index: None }.into(),
            SeatMode::Apply => {
                ApplyForSeat { live_id, index: None, timeout_ms: limits::MAX_INVITATION_TIMEOUT_MS }.into()
            }
        }))
    }
}

impl Behaviour for Visitor {
    fn deeds(&mut self, room: &Room, now: Instant) -> Vec<Request> {
        let mut deeds = self.answers.deeds(room, now);
        deeds.extend(self.seat(room, now));
        deeds.extend(self.voice.deed(room, now));
        deeds.extend(self.chatter.deed(room, now));
        deeds.extend(self.generosity.deeds(room, now));
        deeds
    }

    fn wants_to_leave(&mut self, now: Instant) -> bool {
        now >= self.leaves_at
    }
}
