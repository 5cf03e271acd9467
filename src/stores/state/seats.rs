//! Seats: one signal for the list of keys, one for each row, one for each voice.

use duelcast_protocol::{LiveId, LiveSnapshot, SeatApplication, SeatInfo, SeatInvitation, UserId, Volume};
use leptos::prelude::ArcReadSignal;

use crate::stores::{field::Field, keyed::KeyedFields};

/// What a seat is known by, as long as its live is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatKey {
    pub live_id: LiveId,
    pub index: u16,
}

impl SeatKey {
    #[must_use]
    pub fn of(seat: &SeatInfo) -> Self {
        Self {
            live_id: seat.live_id.clone(),
            index: seat.index,
        }
    }
}

/// State of `LiveSeatStore`.
#[derive(Debug, Default)]
pub struct LiveSeatState {
    /// Seats of this live, then of the connected ones in order of joining; by index within a live.
    pub keys: Field<Vec<SeatKey>>,
    /// The seat that we are on, wherever.
    pub my_seat: Field<Option<SeatInfo>>,
    /// For the owner and admins everyone's, else our own.
    pub applications: Field<Vec<SeatApplication>>,
    /// For the owner and admins everyone's, else our own.
    pub invitations: Field<Vec<SeatInvitation>>,
    rows: KeyedFields<SeatKey, Option<SeatInfo>>,
    volumes: KeyedFields<UserId, u8>,
}

impl LiveSeatState {
    /// One seat. `None` once its live is gone from the list.
    #[must_use]
    pub fn seat(&self, key: &SeatKey) -> ArcReadSignal<Option<SeatInfo>> {
        self.rows.get(key)
    }

    /// How loud a user speaks, 0 to 100.
    #[must_use]
    pub fn volume(&self, user_id: &UserId) -> ArcReadSignal<u8> {
        self.volumes.get(user_id)
    }

    pub(crate) fn sync(&self, snapshot: &LiveSnapshot, me: Option<&UserId>) {
        let keys: Vec<_> = snapshot.seats.iter().map(SeatKey::of).collect();
        for (key, seat) in keys.iter().zip(&snapshot.seats) {
            self.rows.set_some(key, seat);
        }
        self.rows.retain(|key| keys.contains(key));
        self.keys.set_from(&keys);
        self.my_seat
            .set(me.and_then(|me| seat_of(&snapshot.seats, me)).cloned());
        self.applications.set_from(&snapshot.private.seat_applications);
        self.invitations.set_from(&snapshot.private.seat_invitations);
        self.volumes
            .retain(|user_id| is_speaking(&snapshot.seats, user_id));
    }

    pub(crate) fn set_volumes(&self, volumes: &[Volume]) {
        for volume in volumes {
            self.volumes.set(&volume.user_id, &volume.level);
        }
    }
}

fn seat_of<'a>(seats: &'a [SeatInfo], user_id: &UserId) -> Option<&'a SeatInfo> {
    seats.iter().find(|seat| {
        seat.user
            .as_ref()
            .is_some_and(|user| user.user.user_id == *user_id)
    })
}

fn is_speaking(seats: &[SeatInfo], user_id: &UserId) -> bool {
    seat_of(seats, user_id)
        .and_then(|seat| seat.user.as_ref())
        .is_some_and(|user| user.is_microphone_open)
}
