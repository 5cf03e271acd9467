//! The seats of a live and of the connected lives.

use std::sync::Arc;

use duelcast_protocol::{
    AcceptApplication, AcceptInvitation, ApplyForSeat, CancelApplication, CancelInvitation,
    CloseRemoteMicrophone, DurationMs, EventFrame, InviteToSeat, KickUserOutOfSeat, LeaveSeat, LiveId,
    LockSeat, MoveSeatPolicy, MoveUserToSeat, MuteMicrophone, OpenRemoteMicrophone, RejectApplication,
    RejectInvitation, ReportVolume, TakeSeat, UnlockSeat, UnmuteMicrophone, UserId,
};
use futures::{FutureExt, TryFutureExt};

use super::{client::Client, events::EventStream, room::Room, state::LiveSeatState, topic::Topic};
use crate::signaling::Call;

/// Taking and managing seats.
#[derive(Clone)]
pub struct LiveSeatStore {
    room: Room,
    pub state: Arc<LiveSeatState>,
}

/// Errors of all methods: the server's refusal, or a transport error.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl LiveSeatStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().seats.clone(), room }
    }

    /// Seat, application and invitation events. See [`EventStream`] for the queue bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Seat)
    }

    fn live_id(&self) -> LiveId {
        self.room.live_id().clone()
    }

    /// Takes this seat, or any free one if `None`; returns its index.
    pub fn take_seat(&self, index: Option<u16>) -> Call<u16> {
        self.room.call(TakeSeat { live_id: self.live_id(), index }).map_ok(|reply| reply.index).boxed_local()
    }

    pub fn leave_seat(&self) -> Call<()> {
        self.room.command(LeaveSeat { live_id: self.live_id() })
    }

    pub fn lock_seat(&self, index: u16) -> Call<()> {
        self.room.command(LockSeat { live_id: self.live_id(), index })
    }

    pub fn unlock_seat(&self, index: u16) -> Call<()> {
        self.room.command(UnlockSeat { live_id: self.live_id(), index })
    }

    pub fn kick_user_out_of_seat(&self, user_id: UserId) -> Call<()> {
        self.room.command(KickUserOutOfSeat { live_id: self.live_id(), user_id })
    }

    pub fn move_user_to_seat(&self, user_id: UserId, index: u16, policy: MoveSeatPolicy) -> Call<()> {
        self.room.command(MoveUserToSeat { live_id: self.live_id(), user_id, index, policy })
    }

    pub fn apply_for_seat(&self, index: Option<u16>, timeout_ms: DurationMs) -> Call<()> {
        self.room.command(ApplyForSeat { live_id: self.live_id(), index, timeout_ms })
    }

    pub fn cancel_application(&self) -> Call<()> {
        self.room.command(CancelApplication { live_id: self.live_id() })
    }

    /// Accepts an application; returns the index of the user's seat.
    pub fn accept_application(&self, user_id: UserId) -> Call<u16> {
        self.room
            .call(AcceptApplication { live_id: self.live_id(), user_id })
            .map_ok(|reply| reply.index)
            .boxed_local()
    }

    pub fn reject_application(&self, user_id: UserId) -> Call<()> {
        self.room.command(RejectApplication { live_id: self.live_id(), user_id })
    }

    pub fn invite_to_seat(&self, user_id: UserId, index: Option<u16>, timeout_ms: DurationMs) -> Call<()> {
        self.room.command(InviteToSeat { live_id: self.live_id(), user_id, index, timeout_ms })
    }

    pub fn cancel_invitation(&self, user_id: UserId) -> Call<()> {
        self.room.command(CancelInvitation { live_id: self.live_id(), user_id })
    }

    /// Accepts our invitation; returns the index of our seat.
    pub fn accept_invitation(&self) -> Call<u16> {
        self.room.call(AcceptInvitation { live_id: self.live_id() }).map_ok(|reply| reply.index).boxed_local()
    }

    pub fn reject_invitation(&self) -> Call<()> {
        self.room.command(RejectInvitation { live_id: self.live_id() })
    }

    pub fn mute_microphone(&self) -> Call<()> {
        self.room.command(MuteMicrophone { live_id: self.live_id() })
    }

    pub fn unmute_microphone(&self) -> Call<()> {
        self.room.command(UnmuteMicrophone { live_id: self.live_id() })
    }

    /// Unblocks a microphone; the user has to open it.
    pub fn open_remote_microphone(&self, user_id: UserId) -> Call<()> {
        self.room.command(OpenRemoteMicrophone { live_id: self.live_id(), user_id })
    }

    /// Closes a microphone and blocks it.
    pub fn close_remote_microphone(&self, user_id: UserId) -> Call<()> {
        self.room.command(CloseRemoteMicrophone { live_id: self.live_id(), user_id })
    }

    /// Reports our volume, 0 to 100.
    pub fn report_volume(&self, level: u8) -> Call<()> {
        self.room.command(ReportVolume { live_id: self.live_id(), level: level.min(100) })
    }
}
