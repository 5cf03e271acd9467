//! Who the bots are.

use duelcast_protocol::{LiveId, SeatMode, UserId};

/// How a streamer takes invitations from other lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Temper {
    Welcoming,
    /// Says no, and why.
    DoNotDisturb,
}

/// Whom a streamer battles without being asked, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rivalry {
    /// `id` of the other streamer.
    pub rival: &'static str,
    /// Before the first battle.
    pub first_pause_ms: u64,
    /// Between parting and meeting again.
    pub pause_ms: u64,
    /// Battles until they part; none is never.
    pub battles: Option<u32>,
}

/// A streamer.
#[derive(Debug)]
pub struct StreamerPersona {
    pub id: &'static str,
    pub name: &'static str,
    pub live_name: &'static str,
    pub notice: &'static str,
    pub seats: u16,
    pub seat_mode: SeatMode,
    pub temper: Temper,
    pub rivalry: Option<Rivalry>,
}

/// A viewer.
#[derive(Debug)]
pub struct VisitorPersona {
    pub id: &'static str,
    pub name: &'static str,
    /// Sits down but keeps the microphone closed.
    pub is_quiet: bool,
}

impl StreamerPersona {
    pub fn user_id(&self) -> UserId {
        user_id(self.id)
    }

    pub fn live_id(&self) -> LiveId {
        live_id(self.id)
    }
}

impl VisitorPersona {
    pub fn user_id(&self) -> UserId {
        user_id(self.id)
    }
}

/// Start of the ids of the bots' lives.
const LIVE_PREFIX: &str = "demo-live-";

pub fn user_id(id: &str) -> UserId {
    UserId::new(format!("demo-{id}")).expect("the ids below are short ASCII")
}

pub fn live_id(id: &str) -> LiveId {
    LiveId::new(format!("{LIVE_PREFIX}{id}")).expect("the ids below are short ASCII")
}

/// Whether a live belongs to a bot.
pub fn is_of_a_bot(live_id: &LiveId) -> bool {
    live_id.as_str().starts_with(LIVE_PREFIX)
}

const PLAIN: StreamerPersona = StreamerPersona {
    id: "",
    name: "",
    live_name: "",
    notice: "",
    seats: 8,
    seat_mode: SeatMode::Free,
    temper: Temper::Welcoming,
    rivalry: None,
};

pub static STREAMERS: [StreamerPersona; 8] = [
    StreamerPersona {
        id: "noor",
        name: "Noor",
        live_name: "Studio session, quiet please",
        notice: "Recording tonight. Invitations are declined, tea is welcome.",
        seats: 4,
        seat_mode: SeatMode::Apply,
        temper: Temper::DoNotDisturb,
        ..PLAIN
    },
    StreamerPersona {
        id: "kofi",
        name: "Kofi",
        live_name: "Debate club: pineapple on pizza",
        notice: "Apply for a seat and make your case in one minute.",
        seats: 6,
        seat_mode: SeatMode::Apply,
        ..PLAIN
    },
    StreamerPersona {
        id: "sunny",
        name: "Sunny",
        live_name: "Ghost stories until midnight",
        notice: "Lights off, headphones on.",
        seats: 12,
        ..PLAIN
    },
    StreamerPersona {
        id: "aiko",
        name: "Aiko",
        live_name: "Karaoke warm-up: sing one line",
        notice: "Take a seat, sing one line, pass it on. Up for a battle any time!",
        ..PLAIN
    },
    StreamerPersona {
        id: "lena",
        name: "Lena",
        live_name: "Second coffee, any topic",
        notice: "Tell me the best thing that happened this week.",
        ..PLAIN
    },
    StreamerPersona {
        id: "dario",
        name: "Dario",
        live_name: "Dario's kitchen table",
        notice: "Today: risotto, and a duel with Lena while it simmers.",
        rivalry: Some(Rivalry { rival: "lena", first_pause_ms: 25_000, pause_ms: 90_000, battles: Some(2) }),
        ..PLAIN
    },
    StreamerPersona {
        id: "tomas",
        name: "Tomás",
        live_name: "Vinyl and tea with Tomás",
        notice: "One record a night. Tonight it is Mira's turn to lose.",
        ..PLAIN
    },
    StreamerPersona {
        id: "mira",
        name: "Mira",
        live_name: "Mira and the night owls",
        notice: "Battles against Tomás all night. Be kind, be loud.",
        rivalry: Some(Rivalry { rival: "tomas", first_pause_ms: 1_500, pause_ms: 20_000, battles: None }),
        ..PLAIN
    },
];

pub static VISITORS: [VisitorPersona; 12] = [
    visitor("ines", "Inês"),
    visitor("bashir", "Bashir"),
    visitor("chloe", "Chloé"),
    quiet("dmitri", "Dmitri"),
    visitor("emeka", "Emeka"),
    visitor("farah", "Farah"),
    quiet("gus", "Gus"),
    visitor("hana", "Hana"),
    visitor("ivo", "Ivo"),
    visitor("juno", "Juno"),
    quiet("kaya", "Kaya"),
    visitor("liam", "Liam"),
];

const fn visitor(id: &'static str, name: &'static str) -> VisitorPersona {
    VisitorPersona { id, name, is_quiet: false }
}

const fn quiet(id: &'static str, name: &'static str) -> VisitorPersona {
    VisitorPersona { id, name, is_quiet: true }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_bot_has_an_id_of_its_own() {
        let users: BTreeSet<_> = STREAMERS
            .iter()
            .map(StreamerPersona::user_id)
            .chain(VISITORS.iter().map(VisitorPersona::user_id))
            .collect();
        assert_eq!(users.len(), STREAMERS.len() + VISITORS.len());
        assert!(STREAMERS.iter().all(|streamer| is_of_a_bot(&streamer.live_id())));
    }

    #[test]
    fn every_rival_is_a_welcoming_streamer() {
        let rivals = STREAMERS.iter().filter_map(|streamer| streamer.rivalry).map(|rivalry| rivalry.rival);
        for rival in rivals {
            let rival = STREAMERS.iter().find(|streamer| streamer.id == rival).unwrap();
            assert_eq!((rival.temper, rival.rivalry), (Temper::Welcoming, None));
        }
    }
}
