//! The state of a battle, and what follows from that state alone: totals, contributors, result.

mod contributors;
mod ledger;
mod result;
mod rule_versions;

use std::{collections::BTreeSet, sync::Arc};

use duelcast_protocol::{
    BattleInfo, BattlePhase, BattleScore, BattleSide, Event, LiveId, SideScore, Timestamp,
    rest::{ScoreReply, ScoreUpdate},
};
use serde::{Deserialize, Serialize};

pub use contributors::Contributions;
pub use result::battle_result;
pub use rule_versions::RuleVersions;

use crate::shared_map::SharedMap;
pub(crate) use ledger::{LedgerLine, Line, check_update};

/// A battle that has started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Battle {
    pub info: BattleInfo,
    /// The lives that show it.
    pub shown_in: BTreeSet<LiveId>,
    /// Deadline of the current phase.
    pub phase_ends_at: Option<Timestamp>,
    /// Whether its retention time is over.
    pub is_stale: bool,
    /// The ledger, reduced to what reversals need. The server stores the whole.
    pub ledger: Vec<LedgerLine>,
    /// Contributions by side.
    #[serde(default)]
    pub contributions: Vec<Contributions>,
    #[serde(default)]
    pub rule_versions: RuleVersions,
    /// Updates and their replies, by idempotency key.
    pub answers: SharedMap<Arc<str>, (ScoreUpdate, ScoreReply)>,
}

impl Battle {
    /// Whether scores may still change.
    pub fn is_on(&self) -> bool {
        match self.info.phase {
            BattlePhase::Running | BattlePhase::Settling => true,
            BattlePhase::Penalty | BattlePhase::Ended => false,
        }
    }

    /// Whether this live is a side that has not left.
    pub fn has_active_side(&self, live_id: &LiveId) -> bool {
        self.info.sides.iter().any(|side| side.live_id == *live_id && side.exited.is_none())
    }

    /// Whether a live was a side and has left.
    pub fn has_left(&self, live_id: &LiveId) -> bool {
        self.info.sides.iter().any(|side| side.live_id == *live_id && side.exited.is_some())
    }

    /// What the audience of a live sees. One that has left sees nothing until the end, then the
    /// result, and no penalty.
    pub fn seen_from(&self, live_id: &LiveId) -> Option<BattleInfo> {
        if !self.has_left(live_id) {
            return Some(self.info.clone());
        }
        let is_over = self.info.result.is_some();
        is_over.then(|| BattleInfo { phase: BattlePhase::Ended, penalty_ends_at: None, ..self.info.clone() })
    }

    /// Whether the audience of a live that shows the battle hears of this event of it.
    pub fn is_told_to(&self, live_id: &LiveId, event: &Event) -> bool {
        if let Event::OnUserExitBattle { user_live_id, .. } = event {
            return user_live_id == live_id || !self.has_left(live_id);
        }
        matches!(event, Event::OnBattleEnded { .. }) || !self.has_left(live_id)
    }

    /// The lives whose audience sees the scores.
    pub fn watched_in(&self) -> Vec<LiveId> {
        self.shown_in.iter().filter(|live_id| !self.has_left(live_id)).cloned().collect()
    }

    pub fn score(&self) -> BattleScore {
        let side_score = |side: &BattleSide| SideScore {
            live_id: side.live_id.clone(),
            user_id: side.user.user_id.clone(),
            score: side.score,
        };
        BattleScore {
            battle_id: self.info.battle_id.clone(),
            score_rev: self.info.score_rev,
            scores: self.info.sides.iter().map(side_score).collect(),
        }
    }
}
