//! Which view an element shows.

/// One for each custom element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Live,
    Seats,
    PkBar,
    Lobby,
}

impl Kind {
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "live" => Some(Self::Live),
            "seats" => Some(Self::Seats),
            "pk-bar" => Some(Self::PkBar),
            "lobby" => Some(Self::Lobby),
            _ => None,
        }
    }
}
