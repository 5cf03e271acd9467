//! Seats: one signal for the list of keys, one per row, one per voice.

use std::collections::BTreeSet;

use duelcast_protocol::{LiveId, LiveSnapshot, SeatApplication, SeatInfo, SeatInvitation, UserId, Volume};
use leptos::prelude::*;

use crate::stores::{keyed::KeyedSignals, signal::SetIfChanged};

/// Identifies a seat while its live is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatKey {
    pub live_id: LiveId,
    pub index: u16,
}

impl SeatKey {
    #[must_use]
    pub fn of(seat: &SeatInfo) -> Self {
        Self { live_id: seat.live_id.clone(), index: seat.index }
    }
}

/// State of `LiveSeatStore`.
#[derive(Debug, Default)]
pub struct LiveSeatState {
    /// Seats of this live, then of the connected lives in order of joining; by index within a live.
    pub keys: ArcRwSignal<Vec<SeatKey>>,
    /// Our seat, in this live or a connected one.
    pub my_seat: ArcRwSignal<Option<SeatInfo>>,
    /// For the owner and admins all applications, else our own.
    pub applications: ArcRwSignal<Vec<SeatApplication>>,
    /// For the owner and admins all invitations, else our own.
    pub invitations: ArcRwSignal<Vec<SeatInvitation>>,
    rows: KeyedSignals<SeatKey, Option<SeatInfo>>,
    volumes: KeyedSignals<UserId, u8>,
}

impl LiveSeatState {
    /// One seat. `None` after its live was removed from the list.
    #[must_use]
    pub fn seat(&self, key: &SeatKey) -> ArcRwSignal<Option<SeatInfo>> {
        self.rows.get(key)
    }

    /// The volume of a user, 0 to 100.
    #[must_use]
    pub fn volume(&self, user_id: &UserId) -> ArcRwSignal<u8> {
        self.volumes.get(user_id)
    }

    pub(crate) fn sync(&self, snapshot: &LiveSnapshot, me: Option<&UserId>) {
        let keys: Vec<_> = snapshot.seats.iter().map(SeatKey::of).collect();
        for (key, seat) in keys.iter().zip(&snapshot.seats) {
            self.rows.set_some(key, seat);
        }
        let known: BTreeSet<&SeatKey> = keys.iter().collect();
        self.rows.retain(|key| known.contains(key));
        self.keys.clone_if_changed(&keys);
        self.my_seat.set_if_changed(me.and_then(|me| seat_of(&snapshot.seats, me)).cloned());
        self.applications.clone_if_changed(&snapshot.private.seat_applications);
        self.invitations.clone_if_changed(&snapshot.private.seat_invitations);
        self.volumes.retain(|user_id| is_speaking(&snapshot.seats, user_id));
    }

    pub(crate) fn set_volumes(&self, volumes: &[Volume]) {
        for volume in volumes {
            self.volumes.set(&volume.user_id, &volume.level);
        }
    }
}

fn seat_of<'a>(seats: &'a [SeatInfo], user_id: &UserId) -> Option<&'a SeatInfo> {
    seats.iter().find(|seat| seat.user.as_ref().is_some_and(|user| user.user.user_id == *user_id))
}

fn is_speaking(seats: &[SeatInfo], user_id: &UserId) -> bool {
    seat_of(seats, user_id).and_then(|seat| seat.user.as_ref()).is_some_and(|user| user.is_microphone_open)
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::{sample, stores::signal::test_support::count_runs};

    fn key(live: &str, index: u16) -> SeatKey {
        SeatKey { live_id: sample::live_id(live), index }
    }

    fn runs_of(signal: ArcRwSignal<Option<SeatInfo>>) -> crate::stores::signal::test_support::Runs {
        count_runs(move || {
            let _ = signal.get();
        })
    }

    #[test]
    fn a_change_of_one_seat_wakes_that_row_and_not_the_list() {
        let state = LiveSeatState::default();
        let mut snapshot = sample::snapshot("a", 1);
        state.sync(&snapshot, None);
        let keys = state.keys.clone();
        let list_runs = count_runs(move || {
            let _ = keys.get();
        });
        let (first_runs, second_runs) =
            (runs_of(state.seat(&key("a", 0))), runs_of(state.seat(&key("a", 1))));
        snapshot.seats[1] = sample::seat("a", 1, Some("guest"));
        state.sync(&snapshot, None);
        assert_eq!((list_runs.get(), first_runs.get(), second_runs.get()), (1, 1, 2));
    }

    #[test]
    fn seats_of_a_live_that_left_are_gone_and_the_others_stay_in_place() {
        let state = LiveSeatState::default();
        let mut snapshot = sample::snapshot("a", 1);
        snapshot.seats.push(sample::seat("b", 0, Some("other")));
        state.sync(&snapshot, None);
        let theirs = state.seat(&key("b", 0));
        assert!(theirs.get_untracked().is_some());
        snapshot.seats.pop();
        state.sync(&snapshot, None);
        assert_eq!(theirs.get_untracked(), None);
        assert_eq!(state.keys.get_untracked(), [key("a", 0), key("a", 1)]);
    }

    #[test]
    fn my_seat_is_found_in_any_live() {
        let state = LiveSeatState::default();
        let mut snapshot = sample::snapshot("a", 1);
        snapshot.seats.push(sample::seat("b", 0, Some("me")));
        state.sync(&snapshot, Some(&UserId::new("me").unwrap()));
        assert_eq!(state.my_seat.get_untracked().map(|seat| SeatKey::of(&seat)), Some(key("b", 0)));
    }

    #[test]
    fn closing_the_microphone_resets_the_volume() {
        let state = LiveSeatState::default();
        let mut snapshot = sample::snapshot("a", 1);
        state.sync(&snapshot, None);
        let owner = UserId::new("owner").unwrap();
        state.set_volumes(&[Volume { user_id: owner.clone(), level: 80 }]);
        let volume = state.volume(&owner);
        assert_eq!(volume.get_untracked(), 80);
        snapshot.seats[0].user.as_mut().unwrap().is_microphone_open = false;
        state.sync(&snapshot, None);
        assert_eq!(volume.get_untracked(), 0);
    }
}
