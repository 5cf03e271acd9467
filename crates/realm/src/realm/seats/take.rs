//! Taking, leaving and locking a seat.

use duelcast_protocol::{ErrorCode, LeaveSeat, LiveId, SeatMode, SeatReply, TakeSeat};

use super::own_index;
use crate::{
    Actor, Realm, Reply,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn take_seat(&mut self, step: &mut Step, by: &Actor, params: &TakeSeat) -> Answer {
        let user_id = &by.user.user_id;
        let live = self.live(&params.live_id)?;
        let index = self.seat_for(live, user_id, params.index)?;
        if live.info.seat_mode == SeatMode::Apply && !live.is_manager(user_id) {
            return Err(ErrorCode::SeatNeedsApplication.into());
        }
        self.close_seat_request(step, &params.live_id, user_id);
        self.put_on_seat(&params.live_id, index, by.user.clone());
        self.publish_seats(step, &params.live_id, &[index]);
        Ok(Reply::Seat(SeatReply { index }))
    }

    pub(crate) fn leave_seat(&mut self, step: &mut Step, by: &Actor, params: &LeaveSeat) -> Answer {
        let index = own_index(self.live(&params.live_id)?, &by.user.user_id)?;
        self.free_seat(step, &params.live_id, index);
        self.publish_seats(step, &params.live_id, &[index]);
        DONE
    }

    pub(crate) fn set_seat_lock(
        &mut self,
        step: &mut Step,
        by: &Actor,
        live_id: &LiveId,
        index: u16,
        is_locked: bool,
    ) -> Answer {
        let seat = self.managed_live(live_id, by)?.seat(index)?;
        if is_locked && seat.user.is_some() {
            return Err(ErrorCode::SeatOccupied.into());
        }
        if seat.is_locked != is_locked {
            self.known_live_mut(live_id).seats[usize::from(index)].is_locked = is_locked;
            self.publish_seats(step, live_id, &[index]);
        }
        DONE
    }
}
