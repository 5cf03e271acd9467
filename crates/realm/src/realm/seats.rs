//! Seats. A user holds at most one seat across all lives.

mod microphone;
mod moves;
mod requests;
mod take;

use duelcast_protocol::{ErrorCode, Event, LiveId, Rejection, SeatUser, UserId, UserInfo};

use crate::{Realm, lives::Live, seating::check_free, step::Step};

impl Realm {
    /// Puts a user who holds no seat on a free seat.
    pub(crate) fn put_on_seat(&mut self, live_id: &LiveId, index: u16, user: UserInfo) {
        let user_id = user.user_id.clone();
        let seat_user = SeatUser {
            is_online: self.is_online(&user_id),
            user,
            is_microphone_open: true,
            allow_open_microphone: true,
            taken_at: self.now,
        };
        self.set_seat_user(live_id, index, Some(seat_user));
        self.seating.seat(user_id, live_id, index);
    }

    /// Removes the user from a seat and returns the id.
    pub(crate) fn free_seat(&mut self, step: &mut Step, live_id: &LiveId, index: u16) -> Option<UserId> {
        let user_id = self.set_seat_user(live_id, index, None)?.user.user_id;
        self.seating.unseat(&user_id);
        step.may_lack_stake.insert(user_id.clone());
        Some(user_id)
    }

    pub(crate) fn free_all_seats(&mut self, step: &mut Step, live_id: &LiveId) {
        let taken = self.known_live(live_id).seats.iter().filter(|seat| seat.user.is_some());
        let taken: Vec<u16> = taken.map(|seat| seat.index).collect();
        for index in &taken {
            self.free_seat(step, live_id, *index);
        }
        if !taken.is_empty() {
            self.publish_seats(step, live_id, &taken);
        }
    }

    /// Publishes the current state of these seats to the live and its connected lives.
    pub(crate) fn publish_seats(&mut self, step: &mut Step, live_id: &LiveId, indices: &[u16]) {
        let seats = &self.known_live(live_id).seats;
        let seats = indices.iter().map(|index| seats[usize::from(*index)].clone()).collect();
        self.publish_connected(step, live_id, &Event::OnSeatListChanged { seats });
    }

    fn set_seat_user(&mut self, live_id: &LiveId, index: u16, user: Option<SeatUser>) -> Option<SeatUser> {
        let seat = &mut self.known_live_mut(live_id).seats[usize::from(index)];
        std::mem::replace(&mut seat.user, user)
    }

    fn move_seat_user(&mut self, live_id: &LiveId, from: u16, to: u16) {
        let mover = self.set_seat_user(live_id, from, None);
        let other = self.set_seat_user(live_id, to, mover);
        self.set_seat_user(live_id, from, other);
        for index in [from, to] {
            if let Some(user) = &self.known_live(live_id).seats[usize::from(index)].user {
                let user_id = user.user.user_id.clone();
                self.seating.seat(user_id, live_id, index);
            }
        }
    }

    /// The requested seat or the first free one, for a user who holds no seat.
    pub(super) fn seat_for(
        &self,
        live: &Live,
        user_id: &UserId,
        index: Option<u16>,
    ) -> Result<u16, Rejection> {
        if self.seating.is_seated(user_id) {
            return Err(ErrorCode::AlreadyOnSeat.into());
        }
        let Some(index) = index else {
            let free = live.seats.iter().find(|seat| !seat.is_locked && seat.user.is_none());
            return free.map(|seat| seat.index).ok_or_else(|| ErrorCode::NoFreeSeat.into());
        };
        let seat = live.seat(index)?;
        check_free(seat)?;
        Ok(index)
    }
}

/// The seat index of a user in this live.
fn own_index(live: &Live, user_id: &UserId) -> Result<u16, Rejection> {
    live.seat_index_of(user_id).ok_or_else(|| ErrorCode::NotOnSeat.into())
}
