//! Ranks during a battle: competition ranking, sides that left last. The final ranking comes from
//! the server.

use duelcast_protocol::LiveId;
use leptos::prelude::*;

use crate::stores::BattleState;

/// Reactive: the rank of one side; `None` for a live that is not in the battle.
#[must_use]
pub fn rank_of(battle: &BattleState, live_id: &LiveId) -> Option<usize> {
    let standings = battle.sides.with(|sides| {
        let standing = |side: &crate::stores::BattleSideInfo| {
            (side.live_id.clone(), (side.exited.is_none(), battle.score(&side.live_id).get()))
        };
        sides.iter().map(standing).collect::<Vec<_>>()
    });
    rank(&standings, live_id)
}

fn rank(standings: &[(LiveId, (bool, u64))], live_id: &LiveId) -> Option<usize> {
    let (_, own) = standings.iter().find(|(id, _)| id == live_id)?;
    Some(1 + standings.iter().filter(|(_, other)| other > own).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_a_rank_and_who_left_comes_last() {
        let live = |id: &str| LiveId::new(id).unwrap();
        let standings = [
            (live("a"), (true, 5)),
            (live("b"), (true, 5)),
            (live("c"), (true, 1)),
            (live("d"), (false, 99)),
        ];
        let ranks: Vec<_> = ["a", "b", "c", "d"].iter().map(|id| rank(&standings, &live(id))).collect();
        assert_eq!(ranks, [Some(1), Some(1), Some(3), Some(4)]);
        assert_eq!(rank(&standings, &live("x")), None);
    }
}
