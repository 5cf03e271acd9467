//! Microphones of seated users. Owner and admins may close one and allow it again.

use duelcast_protocol::{ErrorCode, LiveId, SeatUser, UserId};

use super::{moves::check_power, own_index};
use crate::{
    Actor, Realm,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn set_own_microphone(
        &mut self,
        step: &mut Step,
        by: &Actor,
        live_id: &LiveId,
        is_open: bool,
    ) -> Answer {
        let index = own_index(self.live(live_id)?, &by.user.user_id)?;
        let seat = self.known_live(live_id).seat(index)?;
        let is_allowed = seat.user.as_ref().is_some_and(|user| user.allow_open_microphone);
        if is_open && !is_allowed {
            return Err(ErrorCode::MicrophoneNotAllowed.into());
        }
        self.change_seat_user(step, live_id, index, |user| user.is_microphone_open = is_open);
        DONE
    }

    pub(crate) fn allow_microphone(
        &mut self,
        step: &mut Step,
        by: &Actor,
        live_id: &LiveId,
        user_id: &UserId,
        is_allowed: bool,
    ) -> Answer {
        let live = self.managed_live(live_id, by)?;
        check_power(live, by, user_id)?;
        let index = own_index(live, user_id)?;
        self.change_seat_user(step, live_id, index, |user| {
            user.allow_open_microphone = is_allowed;
            user.is_microphone_open &= is_allowed;
        });
        DONE
    }

    fn change_seat_user(
        &mut self,
        step: &mut Step,
        live_id: &LiveId,
        index: u16,
        change: impl FnOnce(&mut SeatUser),
    ) {
        let Some(user) = &mut self.known_live_mut(live_id).seats[usize::from(index)].user else {
            return;
        };
        let before = user.clone();
        change(user);
        if *user != before {
            self.publish_seats(step, live_id, &[index]);
        }
    }
}
