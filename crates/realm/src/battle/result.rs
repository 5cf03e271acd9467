//! The winner rule: the highest score among the sides that have not left; equal highest scores are
//! a draw.

use duelcast_protocol::{BattleEndReason, BattleResult, BattleSide, RankedSide, SideOutcome};

/// The result of a battle between these sides. `contributors` and `rule_versions` are left empty:
/// they come from the ledger.
#[must_use]
pub fn battle_result(sides: &[BattleSide], reason: BattleEndReason) -> BattleResult {
    let standing = || sides.iter().filter(|side| side.exited.is_none());
    let best = standing().map(|side| side.score).max();
    let is_draw = standing().filter(|side| Some(side.score) == best).count() > 1;
    let outcome = |side: &BattleSide| {
        if side.exited.is_some() {
            SideOutcome::Exited
        } else if Some(side.score) != best {
            SideOutcome::Lost
        } else if is_draw {
            SideOutcome::Draw
        } else {
            SideOutcome::Won
        }
    };
    let ranked = |side: &BattleSide| RankedSide {
        live_id: side.live_id.clone(),
        user_id: side.user.user_id.clone(),
        rank: rank(side, sides),
        score: side.score,
        outcome: outcome(side),
    };
    let mut ranking: Vec<RankedSide> = sides.iter().map(ranked).collect();
    ranking.sort_by_key(|side| side.rank);
    BattleResult { reason, is_draw, ranking, contributors: Vec::new(), rule_versions: Vec::new() }
}

/// One more than the number of better sides. Sides that have not left come first, then the score
/// decides.
fn rank(side: &BattleSide, sides: &[BattleSide]) -> u32 {
    let worth = |side: &BattleSide| (side.exited.is_none(), side.score);
    sides.iter().fold(1, |rank, other| rank + u32::from(worth(other) > worth(side)))
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{BattleExitReason, LiveId, UserInfo};

    use super::*;

    fn side(name: &str, score: u64, has_left: bool) -> BattleSide {
        let exited = has_left.then_some(BattleExitReason::Exited);
        BattleSide { live_id: LiveId::new(name).unwrap(), user: UserInfo::sample(name), score, exited }
    }

    fn lines(sides: &[BattleSide]) -> Vec<(String, u32, SideOutcome)> {
        let ranking = battle_result(sides, BattleEndReason::TimeUp).ranking;
        ranking.into_iter().map(|side| (side.live_id.to_string(), side.rank, side.outcome)).collect()
    }

    #[test]
    fn equal_highest_scores_share_a_rank_and_the_next_rank_is_left_out() {
        let sides = [side("a", 1, false), side("b", 5, false), side("c", 5, false)];
        let expected =
            [("b", 1, SideOutcome::Draw), ("c", 1, SideOutcome::Draw), ("a", 3, SideOutcome::Lost)];
        assert_eq!(lines(&sides), expected.map(|(id, rank, outcome)| (id.to_owned(), rank, outcome)));
    }

    #[test]
    fn sides_that_left_rank_last_whatever_the_score() {
        let sides = [side("a", 9, true), side("b", 0, false)];
        let expected = [("b", 1, SideOutcome::Won), ("a", 2, SideOutcome::Exited)];
        assert_eq!(lines(&sides), expected.map(|(id, rank, outcome)| (id.to_owned(), rank, outcome)));
    }

    #[test]
    fn when_all_have_left_nobody_wins_and_it_is_no_draw() {
        let outcome = battle_result(&[side("a", 3, true), side("b", 3, true)], BattleEndReason::AllExited);
        assert!(!outcome.is_draw);
        assert!(outcome.ranking.iter().all(|side| side.outcome == SideOutcome::Exited && side.rank == 1));
    }
}
