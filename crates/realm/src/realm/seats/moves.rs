//! Moves between seats of one live, and removal of a user from a seat.

use duelcast_protocol::{
    ErrorCode, Event, KickUserOutOfSeat, LiveId, MoveSeatPolicy, MoveUserToSeat, Rejection, UserId,
};

use super::own_index;
use crate::{
    Actor, Realm,
    lives::Live,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn kick_user_out_of_seat(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &KickUserOutOfSeat,
    ) -> Answer {
        let live = self.managed_live(&params.live_id, by)?;
        check_power(live, by, &params.user_id)?;
        let index = own_index(live, &params.user_id)?;
        self.remove_from_seat(step, by, &params.live_id, index);
        self.publish_seats(step, &params.live_id, &[index]);
        DONE
    }

    fn remove_from_seat(&mut self, step: &mut Step, by: &Actor, live_id: &LiveId, index: u16) {
        let Some(user_id) = self.free_seat(step, live_id, index) else {
            return;
        };
        if user_id != by.user.user_id {
            self.tell(step, live_id, vec![user_id], Event::OnKickedOffSeat { index });
        }
    }

    pub(crate) fn move_user_to_seat(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &MoveUserToSeat,
    ) -> Answer {
        let MoveUserToSeat { live_id, index: to, policy, .. } = params;
        let live = self.live(live_id)?;
        check_mover(live, by, params)?;
        let from = own_index(live, &params.user_id)?;
        let seat = live.seat(*to)?;
        if from == *to {
            return DONE;
        }
        if seat.is_locked {
            return Err(ErrorCode::SeatLocked.into());
        }
        if let Some(occupant) = &seat.user {
            if *policy == MoveSeatPolicy::AbortWhenOccupied {
                return Err(ErrorCode::SeatOccupied.into());
            }
            check_power(live, by, &occupant.user.user_id)?;
        }
        if *policy == MoveSeatPolicy::ForceReplace {
            self.remove_from_seat(step, by, live_id, *to);
        }
        self.move_seat_user(live_id, from, *to);
        self.publish_seats(step, live_id, &[from, *to]);
        DONE
    }
}

/// Users may move themselves to a free seat; owner and admins may move every user to every seat.
fn check_mover(live: &Live, by: &Actor, params: &MoveUserToSeat) -> Result<(), Rejection> {
    if live.is_manager(&by.user.user_id) {
        return check_power(live, by, &params.user_id);
    }
    let is_oneself = params.user_id == by.user.user_id;
    if is_oneself && params.policy == MoveSeatPolicy::AbortWhenOccupied {
        Ok(())
    } else {
        Err(ErrorCode::NoPermission.into())
    }
}

/// Refuses an action of an admin against the owner.
pub(super) fn check_power(live: &Live, by: &Actor, over: &UserId) -> Result<(), Rejection> {
    if live.is_owner(over) && !live.is_owner(&by.user.user_id) {
        Err(ErrorCode::NoPermission.into())
    } else {
        Ok(())
    }
}
