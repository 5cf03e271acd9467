//! The current or last battle, and the battle requests.

use duelcast_protocol::{
    BattleExitReason, BattleInfo, BattlePhase, BattleRequest, BattleResult, BattleSide, LiveId, LiveSnapshot,
    SideContributors, Timestamp, UserInfo,
};
use leptos::prelude::*;

use crate::stores::{keyed::KeyedSignals, signal::SetIfChanged};

/// One side of a battle; its score is a signal of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BattleSideInfo {
    pub live_id: LiveId,
    pub user: UserInfo,
    /// Why the side left the battle, if it did; its score stays.
    pub exited: Option<BattleExitReason>,
}

impl From<&BattleSide> for BattleSideInfo {
    fn from(side: &BattleSide) -> Self {
        Self { live_id: side.live_id.clone(), user: side.user.clone(), exited: side.exited }
    }
}

const NO_CONTRIBUTORS: Vec<SideContributors> = Vec::new();

/// State of `BattleStore`.
#[derive(Debug, Default)]
pub struct BattleState {
    /// The current or last battle. A score change alone does not notify: the scores in here are as
    /// of the last other change; see [`BattleState::score`].
    pub battle: ArcRwSignal<Option<BattleInfo>>,
    pub phase: ArcRwSignal<Option<BattlePhase>>,
    /// In the order of joining the connection.
    pub sides: ArcRwSignal<Vec<BattleSideInfo>>,
    pub started_at: ArcRwSignal<Option<Timestamp>>,
    pub ends_at: ArcRwSignal<Option<Timestamp>>,
    pub penalty_ends_at: ArcRwSignal<Option<Timestamp>>,
    /// Final ranking and outcome; present until the next battle starts.
    pub result: ArcRwSignal<Option<BattleResult>>,
    pub request_sent: ArcRwSignal<Option<BattleRequest>>,
    /// Requests to this user, each with its own `expires_at`.
    pub requests_received: ArcRwSignal<Vec<BattleRequest>>,
    /// The top three contributors of each side that has any, in the order of the sides.
    pub contributors: ArcRwSignal<Vec<SideContributors>>,
    scores: KeyedSignals<LiveId, u64>,
}

impl BattleState {
    /// The score of one side; 0 if the live is not in the battle.
    #[must_use]
    pub fn score(&self, live_id: &LiveId) -> ArcRwSignal<u64> {
        self.scores.get(live_id)
    }

    pub(crate) fn sync(&self, snapshot: &LiveSnapshot) {
        let battle = snapshot.battle.as_ref();
        self.sync_scores(snapshot);
        self.sides.set_if_changed(
            battle.map_or_else(Vec::new, |battle| battle.sides.iter().map(Into::into).collect()),
        );
        self.started_at.set_if_changed(battle.map(|battle| battle.started_at));
        self.ends_at.set_if_changed(battle.map(|battle| battle.ends_at));
        self.penalty_ends_at.set_if_changed(battle.and_then(|battle| battle.penalty_ends_at));
        self.result.set_if_changed(battle.and_then(|battle| battle.result.clone()));
        if self.battle.with_untracked(|old| !is_same_but_for_scores(old.as_ref(), battle)) {
            self.battle.set(battle.cloned());
        }
        self.phase.set_if_changed(battle.map(|battle| battle.phase));
        self.request_sent.clone_if_changed(&snapshot.private.battle_request_sent);
        self.requests_received.clone_if_changed(&snapshot.private.battle_requests_received);
    }

    pub(crate) fn sync_scores(&self, snapshot: &LiveSnapshot) {
        let sides = snapshot.battle.as_ref().map_or(&[][..], |battle| &battle.sides);
        self.contributors.clone_if_changed(
            snapshot.battle.as_ref().map_or(&NO_CONTRIBUTORS, |battle| &battle.contributors),
        );
        self.scores.replace(sides.iter().map(|side| (&side.live_id, &side.score)));
    }
}

fn is_same_but_for_scores(old: Option<&BattleInfo>, new: Option<&BattleInfo>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return old.is_none() && new.is_none();
    };
    let mut new = new.clone();
    new.score_rev = old.score_rev;
    new.contributors.clone_from(&old.contributors);
    for (new_side, old_side) in new.sides.iter_mut().zip(&old.sides) {
        new_side.score = old_side.score;
    }
    new == *old
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{BattleConfig, BattleId, ConnectionId, UserId};

    use super::*;
    use crate::{sample, stores::signal::test_support::count_runs};

    fn side(live: &str, score: u64) -> BattleSide {
        BattleSide { live_id: sample::live_id(live), user: sample::user(live), score, exited: None }
    }

    fn battle(scores: [u64; 2]) -> BattleInfo {
        BattleInfo {
            battle_id: BattleId::new("b1").unwrap(),
            connection_id: ConnectionId::new("c1").unwrap(),
            config: BattleConfig::default(),
            phase: BattlePhase::Running,
            inviter_user_id: UserId::new("a").unwrap(),
            started_at: 0,
            ends_at: 300_000,
            penalty_ends_at: None,
            sides: vec![side("a", scores[0]), side("b", scores[1])],
            score_rev: scores.iter().sum(),
            contributors: Vec::new(),
            result: None,
        }
    }

    #[test]
    fn a_new_score_wakes_that_side_only() {
        let state = BattleState::default();
        let mut snapshot = sample::snapshot("a", 1);
        snapshot.battle = Some(battle([0, 0]));
        state.sync(&snapshot);
        let (info, ours, theirs) =
            (state.battle.clone(), state.score(&sample::live_id("a")), state.score(&sample::live_id("b")));
        let info_runs = count_runs(move || {
            let _ = info.get();
        });
        let their_runs = count_runs(move || {
            let _ = theirs.get();
        });
        snapshot.battle = Some(battle([5, 0]));
        state.sync(&snapshot);
        assert_eq!((ours.get_untracked(), info_runs.get(), their_runs.get()), (5, 1, 1));
    }

    #[test]
    fn two_sides_without_points_are_two_zeros() {
        let state = BattleState::default();
        let (ours, theirs) = (state.score(&sample::live_id("a")), state.score(&sample::live_id("b")));
        assert_eq!((ours.get_untracked(), theirs.get_untracked()), (0, 0), "before the battle");
        let mut snapshot = sample::snapshot("a", 1);
        snapshot.battle = Some(battle([0, 0]));
        state.sync(&snapshot);
        assert_eq!((ours.get_untracked(), theirs.get_untracked()), (0, 0), "from its start on");
    }

    #[test]
    fn a_small_score_stays_exact_beside_the_largest() {
        let state = BattleState::default();
        let mut snapshot = sample::snapshot("a", 1);
        snapshot.battle = Some(battle([1, 999_999]));
        state.sync(&snapshot);
        assert_eq!(state.score(&sample::live_id("a")).get_untracked(), 1);
        assert_eq!(state.score(&sample::live_id("b")).get_untracked(), 999_999);
    }

    #[test]
    fn the_result_and_the_scores_stay_until_the_next_battle() {
        let state = BattleState::default();
        let mut snapshot = sample::snapshot("a", 1);
        snapshot.battle = Some(BattleInfo { phase: BattlePhase::Ended, ..battle([5, 3]) });
        state.sync(&snapshot);
        assert_eq!(state.phase.get_untracked(), Some(BattlePhase::Ended));
        assert_eq!(state.score(&sample::live_id("a")).get_untracked(), 5);
        let next = BattleId::new("b2").unwrap();
        snapshot.battle = Some(BattleInfo { battle_id: next.clone(), ..battle([0, 0]) });
        state.sync(&snapshot);
        assert_eq!(state.battle.get_untracked().map(|battle| battle.battle_id), Some(next));
        assert_eq!(state.score(&sample::live_id("a")).get_untracked(), 0);
    }
}
