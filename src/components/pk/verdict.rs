//! A battle from the perspective of one live: its side first, its verdict on the card.

use duelcast_protocol::{BattleEndReason, BattleInfo, BattleSide, LiveId, SideOutcome, Timestamp, UserInfo};

use crate::{format::display_name, i18n::words};

/// How long the result covers the stage.
pub const RESULT_SHOWN_MS: u64 = 5_000;
/// How long the intro covers the stage.
pub const INTRO_SHOWN_MS: u64 = 2_000;

/// The verdict on the result card of a live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Won,
    Lost,
    Draw,
    /// Our side left before the end.
    Exited,
    /// Our live was not a side of the battle.
    Watched,
}

impl Verdict {
    /// Stable name, for style sheets and tests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Draw => "draw",
            Self::Exited => "exited",
            Self::Watched => "watched",
        }
    }

    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::Won => words::victory(),
            Self::Lost => words::defeat(),
            Self::Draw => words::draw(),
            Self::Exited => words::forfeit(),
            Self::Watched => words::battle_over(),
        }
    }
}

impl From<SideOutcome> for Verdict {
    fn from(outcome: SideOutcome) -> Self {
        match outcome {
            SideOutcome::Won => Self::Won,
            SideOutcome::Lost => Self::Lost,
            SideOutcome::Draw => Self::Draw,
            SideOutcome::Exited => Self::Exited,
        }
    }
}

/// One line of the result card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultLine {
    pub live_id: LiveId,
    pub user: UserInfo,
    pub name: String,
    pub rank: u32,
    pub score: u64,
    pub outcome: SideOutcome,
}

/// The sides, ours first, the others in their order.
#[must_use]
pub fn own_first<'a>(sides: &'a [BattleSide], own: &LiveId) -> Vec<&'a BattleSide> {
    let mut sides: Vec<_> = sides.iter().collect();
    if let Some(place) = sides.iter().position(|side| side.live_id == *own) {
        sides[..=place].rotate_right(1);
    }
    sides
}

/// The verdict for a live; `None` while the battle is undecided.
#[must_use]
pub fn verdict(battle: &BattleInfo, own: &LiveId) -> Option<Verdict> {
    let result = battle.result.as_ref()?;
    let own_line = result.ranking.iter().find(|line| line.live_id == *own);
    Some(own_line.map_or(Verdict::Watched, |line| line.outcome.into()))
}

/// The ranking with names, best first.
#[must_use]
pub fn result_lines(battle: &BattleInfo) -> Vec<ResultLine> {
    let ranking = battle.result.iter().flat_map(|result| &result.ranking);
    ranking
        .filter_map(|line| {
            let side = battle.sides.iter().find(|side| side.live_id == line.live_id)?;
            Some(ResultLine {
                live_id: line.live_id.clone(),
                user: side.user.clone(),
                name: display_name(&side.user),
                rank: line.rank,
                score: line.score,
                outcome: line.outcome,
            })
        })
        .collect()
}

/// Why the battle ended early, if it did.
#[must_use]
pub fn early_end(battle: &BattleInfo) -> Option<String> {
    match battle.result.as_ref()?.reason {
        BattleEndReason::TimeUp => None,
        BattleEndReason::AllExited => Some(words::battle_all_left()),
        BattleEndReason::OneLeft => Some(words::battle_one_left()),
        BattleEndReason::EndedByService => Some(words::battle_ended()),
    }
}

/// The versions of the gift rules behind the points, as far as the back end reported them.
#[must_use]
pub fn rule_versions(battle: &BattleInfo) -> Option<String> {
    let versions = &battle.result.as_ref()?.rule_versions;
    (!versions.is_empty()).then(|| versions.join(", "))
}

/// Whether the result is recent enough to cover the stage; later viewers see it in the strip.
#[must_use]
pub fn is_result_fresh(battle: &BattleInfo, now: Timestamp) -> bool {
    let decided_at = battle.ends_at + battle.config.settle_ms;
    battle.result.is_some() && now < decided_at + RESULT_SHOWN_MS
}

#[cfg(test)]
pub(crate) mod tests {
    use duelcast_protocol::{
        BattleConfig, BattleId, BattlePhase, BattleResult, ConnectionId, RankedSide, UserId, UserInfo,
    };

    use super::*;

    pub(crate) fn live(id: &str) -> LiveId {
        LiveId::new(id).unwrap()
    }

    pub(crate) fn battle(scores: &[(&str, u64)]) -> BattleInfo {
        let user = |id: &str| UserInfo {
            user_id: UserId::new(id).unwrap(),
            user_name: id.to_uppercase(),
            avatar_url: String::new(),
        };
        BattleInfo {
            battle_id: BattleId::new("battle").unwrap(),
            connection_id: ConnectionId::new("connection").unwrap(),
            config: BattleConfig::default(),
            phase: BattlePhase::Running,
            inviter_user_id: UserId::new("a").unwrap(),
            started_at: 0,
            ends_at: 60_000,
            penalty_ends_at: None,
            sides: scores
                .iter()
                .map(|(id, score)| BattleSide {
                    live_id: live(id),
                    user: user(id),
                    score: *score,
                    exited: None,
                })
                .collect(),
            score_rev: 0,
            contributors: Vec::new(),
            result: None,
        }
    }

    fn decided(scores: &[(&str, u64, u32, SideOutcome)]) -> BattleInfo {
        let mut info = battle(&scores.iter().map(|(id, score, ..)| (*id, *score)).collect::<Vec<_>>());
        let ranking = scores.iter().map(|(id, score, rank, outcome)| RankedSide {
            live_id: live(id),
            user_id: UserId::new(id).unwrap(),
            rank: *rank,
            score: *score,
            outcome: *outcome,
        });
        info.result = Some(BattleResult {
            reason: BattleEndReason::TimeUp,
            is_draw: false,
            ranking: ranking.collect(),
            contributors: Vec::new(),
            rule_versions: Vec::new(),
        });
        info
    }

    #[test]
    fn each_room_reads_its_own_outcome() {
        let info = decided(&[("b", 9, 1, SideOutcome::Won), ("a", 3, 2, SideOutcome::Lost)]);
        assert_eq!(verdict(&info, &live("b")), Some(Verdict::Won));
        assert_eq!(verdict(&info, &live("a")), Some(Verdict::Lost));
        assert_eq!(verdict(&info, &live("c")), Some(Verdict::Watched));
    }

    #[test]
    fn the_card_prints_the_final_scores_in_order_of_rank() {
        let info = decided(&[("b", 9, 1, SideOutcome::Won), ("a", 3, 2, SideOutcome::Lost)]);
        let lines: Vec<_> = result_lines(&info).into_iter().map(|line| (line.name, line.score)).collect();
        assert_eq!(lines, [("B".to_owned(), 9), ("A".to_owned(), 3)]);
    }

    #[test]
    fn both_audiences_have_their_own_room_on_the_left() {
        let sides = battle(&[("a", 1), ("b", 2), ("c", 3)]).sides;
        let order = |own: &str| -> Vec<String> {
            own_first(&sides, &live(own)).iter().map(|side| side.live_id.to_string()).collect()
        };
        assert_eq!(order("a"), ["a", "b", "c"]);
        assert_eq!(order("b"), ["b", "a", "c"]);
        assert_eq!(order("stranger"), ["a", "b", "c"]);
    }

    #[test]
    fn the_card_names_the_rules_that_the_points_were_counted_by_if_the_back_end_did() {
        let mut info = decided(&[("a", 1, 1, SideOutcome::Won), ("b", 0, 2, SideOutcome::Lost)]);
        assert_eq!(rule_versions(&info), None);
        info.result.as_mut().unwrap().rule_versions = vec!["2026-1".to_owned(), "2026-2".to_owned()];
        assert_eq!(rule_versions(&info).as_deref(), Some("2026-1, 2026-2"));
    }

    #[test]
    fn nothing_is_decided_while_the_battle_runs() {
        assert_eq!(verdict(&battle(&[("a", 1), ("b", 2)]), &live("a")), None);
    }

    #[test]
    fn a_result_covers_the_stage_for_five_seconds_after_settling() {
        let mut info = decided(&[("a", 1, 1, SideOutcome::Won), ("b", 0, 2, SideOutcome::Lost)]);
        info.config.settle_ms = 2_000;
        assert!(is_result_fresh(&info, 66_999));
        assert!(!is_result_fresh(&info, 67_000));
    }
}
