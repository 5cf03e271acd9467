//! Battles between the owners of connected lives.

use std::sync::Arc;

use duelcast_protocol::{
    AcceptBattle, BattleConfig, BattleId, BattleReply, CancelBattleRequest, DurationMs, EndPenalty,
    EventFrame, ExitBattle, LiveId, RejectBattle, RejectReason, RequestBattle, UserId,
};

use super::{client::Client, events::EventStream, room::Room, state::BattleState, topic::Topic};
use crate::signaling::Call;

/// Asking for and fighting battles.
#[derive(Clone)]
pub struct BattleStore {
    room: Room,
    pub state: Arc<BattleState>,
}

/// All methods fail with what the server refused with, or because there was no answer.
#[allow(clippy::missing_errors_doc, reason = "said once for all of them")]
impl BattleStore {
    #[must_use]
    pub fn create(live_id: &LiveId) -> Self {
        let room = Client::current().room(live_id);
        Self { state: room.state().battle.clone(), room }
    }

    /// Requests and battles; `onBattleEnded` carries final scores, ranking and outcome. See [`EventStream`] for its bound.
    #[must_use]
    pub fn events(&self) -> EventStream<EventFrame> {
        self.room.events(Topic::Battle)
    }

    fn live_id(&self) -> LiveId {
        self.room.live_id().clone()
    }

    /// Asks owners of connected lives to battle; starts at once if the configuration needs no response.
    pub fn request_battle(
        &self,
        user_id_list: Vec<UserId>,
        config: BattleConfig,
        timeout_ms: DurationMs,
    ) -> Call<BattleReply> {
        self.room.call(RequestBattle { live_id: self.live_id(), user_id_list, config, timeout_ms })
    }

    /// Takes the request back, from these users or from all.
    pub fn cancel_battle_request(&self, battle_id: BattleId, user_id_list: Option<Vec<UserId>>) -> Call<()> {
        self.room.tell(CancelBattleRequest { live_id: self.live_id(), battle_id, user_id_list })
    }

    pub fn accept_battle(&self, battle_id: BattleId) -> Call<()> {
        self.room.tell(AcceptBattle { live_id: self.live_id(), battle_id })
    }

    pub fn reject_battle(&self, battle_id: BattleId, reason: RejectReason) -> Call<()> {
        self.room.tell(RejectBattle { live_id: self.live_id(), battle_id, reason })
    }

    /// Leaves the battle; our score stays.
    pub fn exit_battle(&self, battle_id: BattleId) -> Call<()> {
        self.room.tell(ExitBattle { live_id: self.live_id(), battle_id })
    }

    /// The winner lets the losers off.
    pub fn end_penalty(&self, battle_id: BattleId) -> Call<()> {
        self.room.tell(EndPenalty { live_id: self.live_id(), battle_id })
    }
}
