//! Battles between the owners of connected lives.

use std::sync::Arc;

use duelcast_protocol::{
    AcceptBattle, BattleConfig, BattleId, BattleReply, CancelBattleRequest, DurationMs, EndPenalty,
    EventFrame, ExitBattle, LiveId, RejectBattle, RejectReason, RequestBattle, UserId,
};

use super::{client::Client, events::EventStream, room::Room, state::BattleState, topic::Topic};
use crate::signaling::Call;

/// Battle requests and battles.
#[derive(Clone)]
pub struct BattleStore {
    room: Room,
    pub state: Arc<BattleState>,
}

/// Errors of all methods: the server's refusal, or a transport error.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl BattleStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().battle.clone(), room }
    }

    /// Request and battle events; `onBattleEnded` carries final scores, ranking and outcome. See
    /// [`EventStream`] for the queue bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Battle)
    }

    fn live_id(&self) -> LiveId {
        self.room.live_id().clone()
    }

    /// Invites owners of connected lives to a battle. It starts at once if the configuration needs
    /// no response.
    pub fn request_battle(
        &self,
        user_id_list: Vec<UserId>,
        config: BattleConfig,
        timeout_ms: DurationMs,
    ) -> Call<BattleReply> {
        self.room.call(RequestBattle { live_id: self.live_id(), user_id_list, config, timeout_ms })
    }

    /// Withdraws the request from these users, or from all if `None`.
    pub fn cancel_battle_request(&self, battle_id: BattleId, user_id_list: Option<Vec<UserId>>) -> Call<()> {
        self.room.command(CancelBattleRequest { live_id: self.live_id(), battle_id, user_id_list })
    }

    pub fn accept_battle(&self, battle_id: BattleId) -> Call<()> {
        self.room.command(AcceptBattle { live_id: self.live_id(), battle_id })
    }

    pub fn reject_battle(&self, battle_id: BattleId, reason: RejectReason) -> Call<()> {
        self.room.command(RejectBattle { live_id: self.live_id(), battle_id, reason })
    }

    /// Leaves the battle. Our score stays.
    pub fn exit_battle(&self, battle_id: BattleId) -> Call<()> {
        self.room.command(ExitBattle { live_id: self.live_id(), battle_id })
    }

    /// Ends the penalty early; the winner only.
    pub fn end_penalty(&self, battle_id: BattleId) -> Call<()> {
        self.room.command(EndPenalty { live_id: self.live_id(), battle_id })
    }
}
