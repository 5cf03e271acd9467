//! The battle that is on, or the last one, and the requests for the next.

use duelcast_protocol::{
    BattleExitReason, BattleInfo, BattlePhase, BattleRequest, BattleResult, BattleSide, LiveId, LiveSnapshot,
    Timestamp, UserInfo,
};
use leptos::prelude::{ArcReadSignal, WithUntracked};

use crate::stores::{field::Field, keyed::KeyedFields};

/// One side of a battle; its score is a signal of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BattleSideInfo {
    pub live_id: LiveId,
    pub user: UserInfo,
    /// Present once it left; its score stays.
    pub exited: Option<BattleExitReason>,
}

impl From<&BattleSide> for BattleSideInfo {
    fn from(side: &BattleSide) -> Self {
        Self {
            live_id: side.live_id.clone(),
            user: side.user.clone(),
            exited: side.exited,
        }
    }
}

/// State of `BattleStore`.
#[derive(Debug, Default)]
pub struct BattleState {
    /// The battle that is on, or the last one. A new score alone does not notify: the scores in here are those of the last
    /// other change; see [`BattleState::score`].
    pub battle: Field<Option<BattleInfo>>,
    pub phase: Field<Option<BattlePhase>>,
    /// In the order of joining the connection.
    pub sides: Field<Vec<BattleSideInfo>>,
    pub started_at: Field<Option<Timestamp>>,
    pub ends_at: Field<Option<Timestamp>>,
    pub penalty_ends_at: Field<Option<Timestamp>>,
    /// Final ranking and outcome; kept until the next battle starts.
    pub result: Field<Option<BattleResult>>,
    pub request_sent: Field<Option<BattleRequest>>,
    /// The inbox, each with its own `expires_at`.
    pub requests_received: Field<Vec<BattleRequest>>,
    scores: KeyedFields<LiveId, u64>,
}

impl BattleState {
    /// The score of one side; 0 for a live that is not in the battle.
    #[must_use]
    pub fn score(&self, live_id: &LiveId) -> ArcReadSignal<u64> {
        self.scores.get(live_id)
    }

    pub(crate) fn sync(&self, snapshot: &LiveSnapshot) {
        let battle = snapshot.battle.as_ref();
        self.sync_scores(snapshot);
        self.sides
            .set(battle.map_or_else(Vec::new, |battle| battle.sides.iter().map(Into::into).collect()));
        self.started_at.set(battle.map(|battle| battle.started_at));
        self.ends_at.set(battle.map(|battle| battle.ends_at));
        self.penalty_ends_at
            .set(battle.and_then(|battle| battle.penalty_ends_at));
        self.result.set(battle.and_then(|battle| battle.result.clone()));
        if self
            .battle
            .with_untracked(|old| !is_same_but_for_scores(old.as_ref(), battle))
        {
            self.battle.set(battle.cloned());
        }
        self.phase.set(battle.map(|battle| battle.phase));
        self.request_sent.set_from(&snapshot.private.battle_request_sent);
        self.requests_received
            .set_from(&snapshot.private.battle_requests_received);
    }

    pub(crate) fn sync_scores(&self, snapshot: &LiveSnapshot) {
        let sides = snapshot.battle.as_ref().map_or(&[][..], |battle| &battle.sides);
        self.scores
            .replace(sides.iter().map(|side| (&side.live_id, &side.score)));
    }
}

fn is_same_but_for_scores(old: Option<&BattleInfo>, new: Option<&BattleInfo>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return old.is_none() && new.is_none();
    };
    let mut new = new.clone();
    new.score_rev = old.score_rev;
    for (new_side, old_side) in new.sides.iter_mut().zip(&old.sides) {
        new_side.score = old_side.score;
    }
    new == *old
}
