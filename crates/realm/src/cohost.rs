//! The state of a connection of two to nine lives, and of a battle that waits for its invitations.

use duelcast_protocol::{BattleConfig, BattleId, LayoutTemplate, LiveId, Timestamp};
use serde::{Deserialize, Serialize};

/// A live in a connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Member {
    pub live_id: LiveId,
    pub joined_at: Timestamp,
}

/// Two to nine lives that are linked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Connection {
    pub layout_template: LayoutTemplate,
    /// In order of joining.
    pub members: Vec<Member>,
    /// The current battle or the last one.
    pub battle: Option<BattleId>,
}

impl Connection {
    pub fn live_ids(&self) -> Vec<LiveId> {
        self.members.iter().map(|member| member.live_id.clone()).collect()
    }
}

/// The battle that starts when its invitations are settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BattlePlan {
    battle_id: BattleId,
    config: BattleConfig,
    open: Vec<LiveId>,
    accepted: Vec<LiveId>,
}

impl BattlePlan {
    pub fn new(battle_id: BattleId, config: BattleConfig, open: Vec<LiveId>) -> Self {
        Self { battle_id, config, open, accepted: Vec::new() }
    }

    pub fn settle(&mut self, to: &LiveId, is_accepted: bool) {
        if let Some(place) = self.open.iter().position(|id| id == to) {
            let id = self.open.remove(place);
            if is_accepted {
                self.accepted.push(id);
            }
        }
    }

    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The battle, its configuration, and the lives that have accepted.
    pub fn into_parts(self) -> (BattleId, BattleConfig, Vec<LiveId>) {
        (self.battle_id, self.config, self.accepted)
    }
}
