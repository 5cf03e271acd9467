//! Seats of a live and of those it is connected with.

use std::sync::Arc;

use duelcast_protocol::{
    AcceptApplication, AcceptInvitation, ApplyForSeat, CancelApplication, CancelInvitation,
    CloseRemoteMicrophone, DurationMs, EventFrame, InviteToSeat, KickUserOutOfSeat, LeaveSeat, LiveId,
    LockSeat, MoveSeatPolicy, MoveUserToSeat, MuteMicrophone, OpenRemoteMicrophone, RejectApplication,
    RejectInvitation, ReportVolume, TakeSeat, UnlockSeat, UnmuteMicrophone, UserId,
};

use super::{client::Client, events::EventStream, room::Room, state::LiveSeatState, topic::Topic};
use crate::signaling::CallError;

/// Taking and managing seats.
#[derive(Clone)]
pub struct LiveSeatStore {
    room: Room,
    pub state: Arc<LiveSeatState>,
}

/// All methods fail with what the server refused with, or because there was no answer.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl LiveSeatStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().seats.clone(), room }
    }

    /// Seat, application and invitation events. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Seat)
    }

    fn live_id(&self) -> LiveId {
        self.room.live_id().clone()
    }

    /// Takes this seat, or any free one; answers which.
    pub async fn take_seat(&self, index: Option<u16>) -> Result<u16, CallError> {
        Ok(self.room.call(TakeSeat { live_id: self.live_id(), index }).await?.index)
    }

    pub async fn leave_seat(&self) -> Result<(), CallError> {
        self.room.tell(LeaveSeat { live_id: self.live_id() }).await
    }

    pub async fn lock_seat(&self, index: u16) -> Result<(), CallError> {
        self.room.tell(LockSeat { live_id: self.live_id(), index }).await
    }

    pub async fn unlock_seat(&self, index: u16) -> Result<(), CallError> {
        self.room.tell(UnlockSeat { live_id: self.live_id(), index }).await
    }

    pub async fn kick_user_out_of_seat(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(KickUserOutOfSeat { live_id: self.live_id(), user_id }).await
    }

    pub async fn move_user_to_seat(
        &self,
        user_id: UserId,
        index: u16,
        policy: MoveSeatPolicy,
    ) -> Result<(), CallError> {
        self.room.tell(MoveUserToSeat { live_id: self.live_id(), user_id, index, policy }).await
    }

    pub async fn apply_for_seat(&self, index: Option<u16>, timeout_ms: DurationMs) -> Result<(), CallError> {
        self.room.tell(ApplyForSeat { live_id: self.live_id(), index, timeout_ms }).await
    }

    pub async fn cancel_application(&self) -> Result<(), CallError> {
        self.room.tell(CancelApplication { live_id: self.live_id() }).await
    }

    /// Answers the seat that the user got.
    pub async fn accept_application(&self, user_id: UserId) -> Result<u16, CallError> {
        Ok(self.room.call(AcceptApplication { live_id: self.live_id(), user_id }).await?.index)
    }

    pub async fn reject_application(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(RejectApplication { live_id: self.live_id(), user_id }).await
    }

    pub async fn invite_to_seat(
        &self,
        user_id: UserId,
        index: Option<u16>,
        timeout_ms: DurationMs,
    ) -> Result<(), CallError> {
        self.room.tell(InviteToSeat { live_id: self.live_id(), user_id, index, timeout_ms }).await
    }

    pub async fn cancel_invitation(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(CancelInvitation { live_id: self.live_id(), user_id }).await
    }

    /// Answers the seat that we got.
    pub async fn accept_invitation(&self) -> Result<u16, CallError> {
        Ok(self.room.call(AcceptInvitation { live_id: self.live_id() }).await?.index)
    }

    pub async fn reject_invitation(&self) -> Result<(), CallError> {
        self.room.tell(RejectInvitation { live_id: self.live_id() }).await
    }

    pub async fn mute_microphone(&self) -> Result<(), CallError> {
        self.room.tell(MuteMicrophone { live_id: self.live_id() }).await
    }

    pub async fn unmute_microphone(&self) -> Result<(), CallError> {
        self.room.tell(UnmuteMicrophone { live_id: self.live_id() }).await
    }

    /// Allows a microphone again; the user opens it.
    pub async fn open_remote_microphone(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(OpenRemoteMicrophone { live_id: self.live_id(), user_id }).await
    }

    /// Closes a microphone and forbids to open it.
    pub async fn close_remote_microphone(&self, user_id: UserId) -> Result<(), CallError> {
        self.room.tell(CloseRemoteMicrophone { live_id: self.live_id(), user_id }).await
    }

    /// Says how loud we speak, 0 to 100.
    pub async fn report_volume(&self, level: u8) -> Result<(), CallError> {
        self.room.tell(ReportVolume { live_id: self.live_id(), level: level.min(100) }).await
    }
}
